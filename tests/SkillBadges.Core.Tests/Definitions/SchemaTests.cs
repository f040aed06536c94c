using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Definitions;

/// <summary>The published schemas and the reader are written apart; here they are held together.</summary>
public sealed class SchemaTests
{
    private static readonly Dictionary<string, MasteryScale> scales = new() { ["four-level"] = Scales.FourLevel() };

    private static readonly string Whole = BadgeFiles.WithTranslation(BadgeFiles.Way);

    // Each object of a badge file: where it is in the sound file, and where the schema describes it.
    public static TheoryData<string, string> BadgeObjects => new()
    {
        { "$", "" },
        { "$.image", "properties/image" },
        { "$.skillGroups[0]", "properties/skillGroups/items" },
        { "$.competencies[0]", "$defs/competency" },
        { "$.competencies[3].evidence[0]", "$defs/competency/properties/evidence/items" },
        { "$.competencies[3].exemplars[0]", "$defs/competency/properties/exemplars/items" },
        { "$.competencies[3].extensions[0]", "$defs/competency/properties/extensions/items" },
        { "$.attributes[0]", "properties/attributes/items" },
        { "$.review", "properties/review" },
        { "$.review.qualification", "properties/review/properties/qualification" },
        { "$.review.raters", "properties/review/properties/raters" },
        { "$.alignments[0]", "$defs/alignment" },
        { "$.competencies[3].alignments[0]", "$defs/alignment" },
        { "$.coAuthors[0]", "properties/coAuthors/items" },
        { "$.attempts", "properties/attempts" },
        { "$.checkpoints[0]", "properties/checkpoints/items" },
        { "$.assessments[0]", "properties/assessments/items" },
        { "$.translations[0]", "properties/translations/items" },
        { "$.translations[0].image", "properties/translations/items/properties/image" },
        { "$.translations[0].competencies[0]", "properties/translations/items/properties/competencies/items" },
        { "$.translations[0].competencies[0].evidence[0]", "properties/translations/items/properties/competencies/items/properties/evidence/items" },
    };

    [Theory]
    [MemberData(nameof(BadgeObjects))]
    public void The_reader_knows_exactly_the_members_of_the_badge_schema(string path, string place) =>
        Assert.Equal(Names(Schema("badge-definition", place)["properties"]!), Known(path, Whole, json => DefinitionFile.ReadBadge("manufacturing/bench-work.json", json, scales).Faults));

    [Theory]
    [MemberData(nameof(BadgeObjects))]
    public void The_reader_misses_exactly_what_the_badge_schema_requires(string path, string place)
    {
        var schema = Schema("badge-definition", place);
        foreach (var name in Names(schema["properties"]!).Where(name => name != "$schema"))
        {
            var file = JsonNode.Parse(Whole)!;
            var holder = At(file, path);
            if (!holder.Remove(name))
            {
                continue;
            }

            var missing = DefinitionFile.ReadBadge("manufacturing/bench-work.json", Bytes(file), scales).Faults.Any(fault => fault.Code == "definition-file.missing-member" && fault.Path == $"{path}.{name}");
            Assert.True(missing == (schema["required"]?.AsArray() ?? []).Any(required => required!.GetValue<string>() == name), name);
        }
    }

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.levels[0]", "properties/levels/items")]
    [InlineData("$.scoring", "properties/scoring")]
    public void The_reader_knows_exactly_the_members_of_the_scale_schema(string path, string place) => Assert.Equal(
        Names(Schema("mastery-scale", place)["properties"]!),
        Known(path, Encoding.UTF8.GetString(Catalogue.Bytes("scales/named-four.json")), json => DefinitionFile.ReadScale("scales/named-four.json", json).Faults));

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.requires", "properties/requires")]
    [InlineData("$.requires.badges[0]", "properties/requires/properties/badges/items")]
    [InlineData("$.requires.certificates[0]", "properties/requires/properties/certificates/items")]
    public void The_reader_knows_exactly_the_members_of_the_stack_schema(string path, string place) => Assert.Equal(
        Names(Schema("badge-stack", place)["properties"]!),
        Known(path, Encoding.UTF8.GetString(Catalogue.Bytes("stacks/health-aide.json")), json => DefinitionFile.ReadStack("stacks/health-aide.json", json).Faults));

    [Theory]
    [InlineData("$", "")]
    [InlineData("$.attributes[0]", "properties/attributes/items")]
    [InlineData("$.attributes[0].bands[0]", "properties/attributes/items/properties/bands/items")]
    public void The_reader_knows_exactly_the_members_of_the_profile_schema(string path, string place)
    {
        var scale = DefinitionFile.ReadScale("scales/portrait-three-step.json", Catalogue.Bytes("scales/portrait-three-step.json")).Content!;
        Assert.Equal(
            Names(Schema("graduate-profile", place)["properties"]!),
            Known(
                path,
                Encoding.UTF8.GetString(Catalogue.Bytes("profiles/graduate-portrait.json")),
                json => DefinitionFile.ReadProfile("profiles/graduate-portrait.json", json, new Dictionary<string, MasteryScale> { [scale.Id] = scale }).Faults));
    }

    private delegate IEnumerable<FileFault> Read(byte[] json);

    /// <summary>The members that the reader says it knows, when it meets one that it does not.</summary>
    private static IEnumerable<string> Known(string path, string sound, Read read)
    {
        var file = JsonNode.Parse(sound)!;
        At(file, path)["unheard-of"] = 1;
        var fault = Assert.Single(read(Bytes(file)));
        Assert.Equal(("definition-file.unknown-member", $"{path}.unheard-of"), (fault.Code, fault.Path));
        return fault.Message.Split("known are ")[1].TrimEnd('.').Split(", ").Order(StringComparer.Ordinal);
    }

    private static JsonObject At(JsonNode file, string path)
    {
        var node = file;
        foreach (var step in path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            node = int.TryParse(step, out var index) ? node[index]! : node[step]!;
        }

        return node.AsObject();
    }

    private static JsonNode Schema(string name, string place)
    {
        var node = JsonNode.Parse(Catalogue.Bytes($"schema/{name}.schema.json"))!;
        foreach (var step in place.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = node[step]!;
        }

        return node;
    }

    private static IEnumerable<string> Names(JsonNode properties) => properties.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal);

    private static byte[] Bytes(JsonNode file) => Encoding.UTF8.GetBytes(file.ToJsonString());
}
