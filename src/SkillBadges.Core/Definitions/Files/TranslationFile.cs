using System.Collections.Immutable;
using System.Text.Json;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>The member <c>translations</c> of a badge file. Other languages take more letters than English, so their texts may be half as long again.</summary>
internal static class TranslationFile
{
    private const int MaxTranslations = 12;

    public static ImmutableArray<BadgeTranslation> Read(FileShape shape, FileNode root) => [.. shape.OptionalItems(root, "translations", 1, MaxTranslations).Select(node => Translation(shape, node))];

    public static void Write(Utf8JsonWriter json, BadgeDefinition badge) => json.Objects("translations", badge.Translations, translation =>
    {
        json.WriteString("language", translation.Language);
        json.WriteString("name", translation.Name);
        json.WriteString("description", translation.Description);
        json.Object("image", () => json.WriteString("alt", translation.ImageAlt));
        json.Texts("criteria", translation.Criteria.Split('\n'));
        json.Objects("competencies", translation.Competencies, skill =>
        {
            json.WriteString("id", skill.Id);
            json.WriteString("name", skill.Name);
            json.WriteString("statement", skill.Statement);
            json.Descriptors("levels", badge.Scale, skill.LevelDescriptors);
            json.Objects("evidence", skill.EvidenceOptions, option =>
            {
                json.WriteString("id", option.Id);
                json.WriteString("label", option.Label);
                json.WriteString("hint", option.Hint);
            });
        });
    });

    private static BadgeTranslation Translation(FileShape shape, FileNode node)
    {
        if (!shape.IsObject(node, "language", "name", "description", "image", "criteria", "competencies"))
        {
            return new("", "", "", "", "") { Competencies = [] };
        }

        var picture = shape.Required(node, "image");
        return new(
            shape.Text(node, "language", 2, 3),
            shape.Text(node, "name", 1, 150),
            shape.Text(node, "description", 1, 900),
            BadgeFile.Lines(shape, node, "criteria", 9000),
            picture is not null && shape.IsObject(picture, "alt") ? shape.Text(picture, "alt", 5, 300) : "")
        {
            Competencies = [.. shape.Items(node, "competencies", 1, BadgeRules.MaxCompetencies).Select(skill => Competency(shape, skill))],
        };
    }

    private static TranslatedCompetency Competency(FileShape shape, FileNode node)
    {
        var readable = shape.IsObject(node, "id", "name", "statement", "levels", "evidence");
        return new(readable ? shape.SlugText(node, "id") : "", readable ? shape.Text(node, "name", 1, 120) : "", readable ? shape.Text(node, "statement", 10, 600) : "")
        {
            LevelDescriptors = readable ? shape.Descriptors(node, "levels", 10, 750) : ImmutableDictionary<string, string>.Empty,
            EvidenceOptions = readable ? [.. shape.Items(node, "evidence", 1, 12).Select(option => Option(shape, option))] : [],
        };
    }

    private static TranslatedOption Option(FileShape shape, FileNode node) => shape.IsObject(node, "id", "label", "hint")
        ? new(shape.SlugText(node, "id"), shape.Text(node, "label", 1, 150), shape.Text(node, "hint", 5, 600))
        : new("", "", "");
}
