using System.Text.Json.Nodes;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>
/// A badge that is being written, as a form: what authors change most, over the content in the badge file format. What the form does not ask for stays as it was written.
/// </summary>
internal static class DraftForm
{
    public const string NewName = "new.name";
    public const string NewStatement = "new.statement";

    /// <summary>The content of a badge of which there is a name yet and no more.</summary>
    public static string Begin(string slug, string? name, string? scale) =>
        ContentText.Of(new JsonObject { ["slug"] = slug, ["name"] = name?.Trim() ?? "", ["scale"] = scale ?? "four-level", ["competencies"] = new JsonArray() });

    /// <summary>The name of a field of the skill at this place.</summary>
    public static string Field(int skill, string part) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"skill.{skill}.{part}");

    /// <summary>The content with what was typed.</summary>
    /// <param name="text">Of the revision from which the form was drawn.</param>
    /// <param name="levels">Codes of the levels that the form asked for.</param>
    public static string Apply(string text, IReadOnlyList<string> levels, IFormCollection form)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        Set(root, "name", form["name"]);
        Set(root, "description", form["description"]);
        if (form["alt"].ToString().Trim() is { Length: > 0 } alt)
        {
            var image = root["image"] as JsonObject ?? [];
            root["image"] = image = image.DeepClone().AsObject();
            image["alt"] = alt;
        }

        if (form.TryGetValue("criteria", out var criteria))
        {
            root["criteria"] = new JsonArray([.. Lines(criteria.ToString()).Select(line => (JsonNode)line)]);
        }

        var skills = root["competencies"] as JsonArray ?? [];
        root["competencies"] = new JsonArray([.. skills.Select((skill, number) => Skill(skill!.DeepClone(), number, levels, form)).OfType<JsonNode>(), .. Added(skills, form)]);
        return ContentText.Of(root);
    }

    /// <summary>The ways to show a skill, a line for each.</summary>
    public static string Ways(Competency skill) => string.Join('\n', skill.EvidenceOptions.Select(option => option.Label));

    // Null for one that is taken out.
    private static JsonNode? Skill(JsonNode skill, int number, IReadOnlyList<string> levels, IFormCollection form)
    {
        if (skill is not JsonObject members || !form.ContainsKey(Field(number, "name")))
        {
            return skill;
        }

        if (form[Field(number, "gone")] == "true")
        {
            return null;
        }

        Set(members, "name", form[Field(number, "name")]);
        Set(members, "statement", form[Field(number, "statement")]);
        if (form[Field(number, "required")].ToString() is { Length: > 0 } required && (members["requiredLevel"] is not null || form[Field(number, "drawn")] != required))
        {
            members["requiredLevel"] = required;
        }

        var descriptors = members["levels"] as JsonObject ?? [];
        members["levels"] = descriptors = descriptors.DeepClone().AsObject();
        foreach (var level in levels)
        {
            Set(descriptors, level, form[Field(number, $"level.{level}")]);
        }

        if (form.TryGetValue(Field(number, "ways"), out var ways))
        {
            members["evidence"] = Ways(members["evidence"] as JsonArray ?? [], ways.ToString());
        }

        return members;
    }

    // A way whose words are the same stays as it is, with its kind and hint; new words are a new way that asks for a file.
    private static JsonArray Ways(JsonArray before, string typed) =>
    [
        .. Lines(typed).Select(line => line.Trim()).Where(line => line.Length > 0).Distinct(StringComparer.Ordinal).Select(label =>
            before.OfType<JsonObject>().FirstOrDefault(way => way["label"] is JsonValue value && value.TryGetValue<string>(out var known) && known == label)?.DeepClone()
                ?? new JsonObject { ["id"] = SlugOf(label), ["kind"] = "file", ["label"] = label, ["hint"] = label }),
    ];

    private static IEnumerable<JsonNode> Added(JsonArray skills, IFormCollection form)
    {
        if (form[NewName].ToString().Trim() is { Length: > 0 } name)
        {
            var id = SlugOf(name);
            yield return new JsonObject
            {
                ["id"] = skills.OfType<JsonObject>().Any(skill => skill["id"]?.ToString() == id) ? $"{id}-2" : id,
                ["name"] = name,
                ["statement"] = form[NewStatement].ToString().Trim(),
                ["levels"] = new JsonObject(),
                ["evidence"] = new JsonArray(),
            };
        }
    }

    // A field that was not drawn says nothing.
    private static void Set(JsonObject members, string name, Microsoft.Extensions.Primitives.StringValues typed)
    {
        if (typed.Count == 1 && (members[name] is not null || typed[0] is { Length: > 0 }))
        {
            members[name] = string.Join('\n', Lines(typed[0]!)).Trim();
        }
    }

    private static string[] Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');

    private static string SlugOf(string words)
    {
        var slug = string.Join('-', new string([.. words.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length switch { < 2 => $"way-{slug}x", > 40 => slug[..40].Trim('-'), _ => slug };
    }
}
