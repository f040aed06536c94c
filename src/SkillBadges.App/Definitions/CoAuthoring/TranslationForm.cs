using System.Text.Json.Nodes;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>What a badge says in another language, as a form over the content in the badge file format: a field for every passage, in the badge's own order.</summary>
internal static class TranslationForm
{
    /// <summary>The name of a field of a skill.</summary>
    /// <param name="part"><c>name</c>, <c>statement</c>, <c>level.{code}</c>, <c>way.{id}</c> or <c>hint.{id}</c>.</param>
    public static string Field(Competency skill, string part) => $"skill.{skill.Id}.{part}";

    /// <summary>Whether a language is named as RFC 5646 (2009-09) 2.2.1 names primary ones.</summary>
    public static bool IsLanguage(string? code) => code is { Length: 2 or 3 } && code.All(char.IsAsciiLetterLower);

    /// <summary>The content with what was typed in place of what it said in that language; without it where <c>gone</c> is marked.</summary>
    /// <param name="text">Of the revision from which the form was drawn.</param>
    /// <param name="badge">The same, as it was read.</param>
    public static string Apply(string text, BadgeDefinition badge, string language, IFormCollection form)
    {
        var root = JsonNode.Parse(text)!.AsObject();
        List<JsonNode> all = [.. (root["translations"] as JsonArray ?? []).Select(known => known!.DeepClone())];
        var place = all.FindIndex(known => known is JsonObject members && members["language"]?.ToString() == language);
        if (form["gone"] == "true")
        {
            if (place >= 0)
            {
                all.RemoveAt(place);
            }
        }
        else if (place < 0)
        {
            all.Add(Typed(badge, language, form));
        }
        else
        {
            all[place] = Over(all[place], Typed(badge, language, form));
        }

        root.Remove("translations");
        if (all.Count > 0)
        {
            root["translations"] = new JsonArray([.. all]);
        }

        return ContentText.Of(root);
    }

    // What the form does not ask for, such as the names of the scale's levels, stays as it was written; which words a translation was written for is told anew.
    private static JsonObject Over(JsonNode before, JsonObject typed)
    {
        foreach (var (name, value) in (before as JsonObject ?? []).Where(member => member.Key != "writtenFor" && !typed.ContainsKey(member.Key)))
        {
            typed[name] = value?.DeepClone();
        }

        foreach (var skill in (typed["competencies"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if ((before as JsonObject)?["competencies"] is JsonArray known && known.OfType<JsonObject>().FirstOrDefault(one => one["id"]?.ToString() == skill["id"]!.ToString()) is { } same)
            {
                Over(same, skill);
            }
        }

        return typed;
    }

    private static JsonObject Typed(BadgeDefinition badge, string language, IFormCollection form) => new()
    {
        ["language"] = language,
        ["name"] = One(form, "name"),
        ["description"] = One(form, "description"),
        ["image"] = new JsonObject { ["alt"] = One(form, "alt") },
        ["criteria"] = new JsonArray([.. One(form, "criteria").Split('\n').Select(line => (JsonNode)line)]),
        ["competencies"] = new JsonArray([.. badge.Competencies.Select(skill => Skill(skill, form))]),
    };

    private static JsonObject Skill(Competency skill, IFormCollection form) => new()
    {
        ["id"] = skill.Id,
        ["name"] = One(form, Field(skill, "name")),
        ["statement"] = One(form, Field(skill, "statement")),
        ["levels"] = new JsonObject(skill.LevelDescriptors.Keys.Order(StringComparer.Ordinal).Select(code => KeyValuePair.Create(code, (JsonNode?)One(form, Field(skill, $"level.{code}"))))),
        ["evidence"] = new JsonArray([.. skill.EvidenceOptions.Select(way => new JsonObject
        {
            ["id"] = way.Id, ["label"] = One(form, Field(skill, $"way.{way.Id}")), ["hint"] = One(form, Field(skill, $"hint.{way.Id}")),
        })]),
    };

    private static string One(IFormCollection form, string field) => form[field].ToString().ReplaceLineEndings("\n").Trim();
}
