using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SkillBadges.App.Definitions;
using SkillBadges.App.Layout;
using SkillBadges.App.Tests.House;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;

namespace SkillBadges.App.Tests.Layout;

public sealed partial class FaultTextsTests
{
    // What reads and judges the content of a badge that is being written. Files of stacks, profiles and scales are read by a command alone.
    private static readonly string[] Judges =
    [
        "AlignmentRules", "BadgeRules", "CriteriaMarkdown", "PathRules", "TranslationRules", "Files/BadgeFile", "Files/FileShape", "Files/FileTree", "Files/PathMembers", "Files/TranslationFile",
    ];

    public static TheoryData<string> Others => [.. Texts.Languages.Skip(1)];

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_fault_of_a_draft_is_said_in_every_language(string language)
    {
        Assert.True(Said.Count > 40, $"Only {Said.Count} sentences were found.");
        Assert.Empty(Said.Except(FaultTexts.Of(language)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_language_puts_in_what_the_English_sentence_names(string language) =>
        Assert.All(FaultTexts.Of(language), english =>
        {
            var values = Enumerable.Range(0, Place().Count(english)).Select(number => $"«{number}»").ToArray();
            var own = FaultTexts.In(language, string.Format(System.Globalization.CultureInfo.InvariantCulture, english, values));
            Assert.All(values, value => Assert.Contains(value, own, StringComparison.Ordinal));
        });

    [Fact]
    public async Task What_is_wrong_in_a_draft_is_read_in_Spanish()
    {
        var content = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(DefinitionFolder.Shipped, "welding", "smaw-fillet.json")))!.AsObject();
        content.Remove("description");
        content["name"] = " x";
        content["scale"] = "no-such-scale";
        content["unheard"] = 1;
        content["tags"] = new JsonArray("weld", "weld");
        content["criteria"] = new JsonArray("<b>bold</b>");
        content["competencies"]![0]!["statement"] = "no sentence";
        content["competencies"]![0]!["skillGroup"] = "No Slug";
        content["competencies"]!.AsArray().RemoveAt(1);
        content["competencies"]!.AsArray().RemoveAt(1);
        var faults = DefinitionFile.ReadDraft("smaw-fillet", Encoding.UTF8.GetBytes(content.ToJsonString()), new Dictionary<string, MasteryScale>(), null).Faults;

        Assert.True(faults.Length > 6, $"Only {faults.Length} faults were found.");
        Assert.All(faults, fault => Assert.NotNull(FaultTexts.In("es", fault.Message)));
        Assert.Equal("Falta el miembro description.", FaultTexts.In("es", "The member description is missing."));
        Assert.Equal("Esto ya está, en $.tags[0]: etiqueta.", FaultTexts.In("es", "This tag is there already, at $.tags[0]."));
        Assert.Null(FaultTexts.In("es", "Nobody says this."));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_fault_of_a_roster_is_said_in_every_language(string language)
    {
        Assert.True(SaidOfRosters.Count > 50, $"Only {SaidOfRosters.Count} sentences were found.");
        Assert.Empty(SaidOfRosters.Except(FaultTexts.Of(language)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("This cell says one of: active, tobedeleted.", "Esta celda dice una de estas palabras: active, tobedeleted.")]
    [InlineData("This cell says one of: school, local; or a word of your own that begins with ext: and says what it is.", "Esta celda dice una de estas palabras: school, local; o una propia que empieza con ext: y dice qué es.")]
    [InlineData("Pairs are written {left:right} with commas between them.", "Los pares se escriben {left:right} con comas entre ellos.")]
    [InlineData("users.csv is said to be delta and is not in the pack.", "El manifiesto dice que users.csv está (delta), y no está en el paquete.")]
    public void What_is_wrong_in_a_roster_is_read_in_Spanish(string english, string spanish) => Assert.Equal(spanish, FaultTexts.In("es", english));

    // A sentence stands behind its code, with or without a place between; what is put in becomes {0} and so on. Objections to criteria are returned as they are.
    private static IReadOnlySet<string> Said { get; } = Judges
        .Select(judge => File.ReadAllText(Path.Combine(Repository.Root, "src", "SkillBadges.Core", "Definitions", $"{judge}.cs")))
        .SelectMany(text => BehindPlace().Matches(text).Concat(BehindCode().Matches(text)).Concat(Objection().Matches(text)))
        .Select(match => Numbered(match.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal);

    private static IReadOnlySet<string> SaidOfRosters { get; } = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "SkillBadges.Core", "OneRoster"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(file => OfRoster().Matches(File.ReadAllText(file)))
        .Select(match => Numbered(match.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal);

    private static string Numbered(string sentence)
    {
        var number = 0;
        return Put().Replace(sentence, _ => $"{{{number++}}}");
    }

    [GeneratedRegex("""
        "(?:definition|definition-file|scale)\.[a-z-]+",\s*(?:\$?"[${][^"]*"|[\w.]+),\s*\$?"((?:\{[^{}]*\}|[^"\\{])*\.)"
        """)]
    private static partial Regex BehindPlace();

    [GeneratedRegex("""
        "(?:definition|definition-file|scale)\.[a-z-]+",\s*\$?"((?:\{[^{}]*\}|[^"\\{])*\.)"\s*\)
        """)]
    private static partial Regex BehindCode();

    // A code may have a name, and a fault of the text says where it is before it says what.
    [GeneratedRegex("""
        (?:"(?:pack|manifest|csv|header|cell|row|class)\.[a-z-]+"|\bWords),\s*(?:1, 0, )?\$?"((?:\{[^{}]*\}|[^"\\{])*\.)"
        """)]
    private static partial Regex OfRoster();

    [GeneratedRegex("""
        (?:return|\?) "([A-Z][^"]*\.)"
        """)]
    private static partial Regex Objection();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Put();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
