using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Definitions.Files;

namespace SkillBadges.Core.Definitions.CoAuthoring;

/// <summary>What of a skill is taken over from a published badge.</summary>
public enum SkillPart
{
    /// <summary>The evidence options, and how many of them are asked for.</summary>
    ChoiceBoard,

    /// <summary>What each level looks like.</summary>
    Rubric,
}

/// <summary>Parts of a skill of a published badge, taken over into a skill of a badge that is being written.</summary>
/// <param name="Source">Where from.</param>
/// <param name="SourceCompetency">Id of the skill there.</param>
/// <param name="Competency">Id of the skill here.</param>
public sealed record SkillCopy(BadgeVersionId Source, string SourceCompetency, string Competency, IReadOnlyList<SkillPart> Parts)
{
    // Members of the badge file format.
    private static readonly string[] Rubric = ["levels"];
    private static readonly string[] ChoiceBoard = ["chooseAtLeast", "evidence"];

    /// <summary>Names the source: it stays with the proposal.</summary>
    public string Note => $"{string.Join(" and ", Parts.Distinct().Order().Select(part => part == SkillPart.Rubric ? "Levels" : "Choices"))} of {SourceCompetency} in {Source}.";

    /// <summary>The content with the parts taken over; the rest stays as it is. Levels that the scale here does not have are faults of the result.</summary>
    /// <param name="text">Content in the badge file format.</param>
    /// <param name="source">The published version that <see cref="Source"/> names.</param>
    /// <exception cref="RefusedException"><c>definition.unknown-competency</c>, <c>definition.copy-parts</c>, <c>definition.not-readable</c>.</exception>
    public string Into(string text, BadgeDefinition source)
    {
        if (Parts.Count == 0 || !Parts.All(Enum.IsDefined))
        {
            throw Refused.Invalid("definition.copy-parts", "Please name what is taken over: choiceBoard, rubric or both.");
        }

        var content = Parse(text);
        var original = JsonNode.Parse(DefinitionFile.Write(source));
        Take(Skill(original, SourceCompetency), Skill(content, Competency));

        // A translation that the source does not have would go on saying what was there before; better none.
        if ((content as JsonObject)?["translations"] is JsonArray translations)
        {
            foreach (var translation in translations.ToList())
            {
                if (Translations(original).FirstOrDefault(known => JsonNode.DeepEquals(known["language"], (translation as JsonObject)?["language"])) is { } words)
                {
                    Take(Skill(words, SourceCompetency), Skill(translation, Competency));
                }
                else
                {
                    translations.Remove(translation);
                }
            }

            if (translations.Count == 0)
            {
                content.AsObject().Remove("translations");
            }
        }

        return content.ToJsonString();
    }

    private void Take(JsonObject from, JsonObject to)
    {
        foreach (var member in Parts.Distinct().SelectMany(part => part == SkillPart.Rubric ? Rubric : ChoiceBoard))
        {
            to.Remove(member);
            if (from[member] is { } value)
            {
                to[member] = value.DeepClone();
            }
        }
    }

    private static IEnumerable<JsonObject> Translations(JsonNode? badge) => ((badge as JsonObject)?["translations"] as JsonArray)?.OfType<JsonObject>() ?? [];

    private static JsonNode Parse(string text)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetBytes(text))!;
        }
        catch (JsonException e)
        {
            throw Refused.Invalid("definition.not-readable", $"This is no badge in the badge file format: {e.Message}");
        }
    }

    private static JsonObject Skill(JsonNode? badge, string id) =>
        ((badge as JsonObject)?["competencies"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(skill => skill["id"] is JsonValue value && value.TryGetValue<string>(out var known) && known == id)
            ?? throw Refused.Invalid("definition.unknown-competency", "The badge has no such skill.");
}
