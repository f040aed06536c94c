using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>The member <c>translations</c> of a badge file. Other languages take more letters than English, so their texts may be half as long again.</summary>
internal static class TranslationFile
{
    private const int MaxTranslations = 12;

    public static ImmutableArray<BadgeTranslation> Read(FileShape shape, FileNode root) => [.. shape.OptionalItems(root, "translations", 1, MaxTranslations).Select(node => Translation(shape, node))];

    public static void Write(Utf8JsonWriter json, BadgeDefinition badge) => json.Objects("translations", badge.Translations, translation =>
    {
        json.WriteString("language", translation.Language);
        json.OptionalText("writtenFor", translation.WrittenFor);
        json.WriteString("name", translation.Name);
        json.WriteString("description", translation.Description);
        json.Object("image", () => json.WriteString("alt", translation.ImageAlt));
        json.Texts("criteria", translation.Criteria.Split('\n'));
        json.OptionalText("scaleName", translation.ScaleName);
        json.Objects("scaleLevels", translation.ScaleLevels, level =>
        {
            json.WriteString("code", level.Code);
            json.WriteString("label", level.Label);
            json.WriteString("descriptor", level.Descriptor);
        });
        json.Objects("competencies", translation.Competencies, skill =>
        {
            json.WriteString("id", skill.Id);
            json.OptionalText("writtenFor", skill.WrittenFor);
            json.WriteString("name", skill.Name);
            json.WriteString("statement", skill.Statement);
            json.Descriptors("levels", badge.Scale, skill.LevelDescriptors);
            json.Objects("exemplars", skill.Exemplars, exemplar =>
            {
                json.WriteString("title", exemplar.Title);
                json.WriteString("description", exemplar.Description);
            });
            json.Objects("evidence", skill.EvidenceOptions, option =>
            {
                json.WriteString("id", option.Id);
                json.WriteString("label", option.Label);
                json.WriteString("hint", option.Hint);
            });
            json.Objects("extensions", skill.Extensions, task =>
            {
                json.WriteString("id", task.Id);
                json.WriteString("title", task.Title);
                json.WriteString("description", task.Description);
            });
        });
    });

    private static BadgeTranslation Translation(FileShape shape, FileNode node)
    {
        if (!shape.IsObject(node, "language", "writtenFor", "name", "description", "image", "criteria", "scaleName", "scaleLevels", "competencies"))
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
            WrittenFor = Mark(shape, node),
            ScaleName = shape.OptionalText(node, "scaleName", 1, 150),
            ScaleLevels = [.. shape.OptionalItems(node, "scaleLevels", 2, ScaleRules.MaxLevels).Select(level => Level(shape, level))],
            Competencies = [.. shape.Items(node, "competencies", 1, BadgeRules.MaxCompetencies).Select(skill => Competency(shape, skill))],
        };
    }

    private static TranslatedCompetency Competency(FileShape shape, FileNode node)
    {
        var readable = shape.IsObject(node, "id", "writtenFor", "name", "statement", "levels", "exemplars", "evidence", "extensions");
        return new(readable ? shape.SlugText(node, "id") : "", readable ? shape.Text(node, "name", 1, 120) : "", readable ? shape.Text(node, "statement", 10, 600) : "")
        {
            WrittenFor = readable ? Mark(shape, node) : null,
            LevelDescriptors = readable ? shape.Descriptors(node, "levels", 10, 750) : ImmutableDictionary<string, string>.Empty,
            EvidenceOptions = readable ? [.. shape.Items(node, "evidence", 1, 12).Select(option => Option(shape, option))] : [],
            Exemplars = readable ? [.. shape.OptionalItems(node, "exemplars", 1, 8).Select(exemplar => Exemplar(shape, exemplar))] : [],
            Extensions = readable ? [.. shape.OptionalItems(node, "extensions", 1, 6).Select(task => Extension(shape, task))] : [],
        };
    }

    private static TranslatedOption Option(FileShape shape, FileNode node) => shape.IsObject(node, "id", "label", "hint")
        ? new(shape.SlugText(node, "id"), shape.Text(node, "label", 1, 150), shape.Text(node, "hint", 5, 600))
        : new("", "", "");

    private static TranslatedExemplar Exemplar(FileShape shape, FileNode node) => shape.IsObject(node, "title", "description")
        ? new(shape.Text(node, "title", 1, 150), shape.Text(node, "description", 10, 900))
        : new("", "");

    private static TranslatedTask Extension(FileShape shape, FileNode node) => shape.IsObject(node, "id", "title", "description")
        ? new(shape.SlugText(node, "id"), shape.Text(node, "title", 1, 150), shape.Text(node, "description", 10, 900))
        : new("", "", "");

    private static TranslatedLevel Level(FileShape shape, FileNode node) => shape.IsObject(node, "code", "label", "descriptor")
        ? new(shape.Text(node, "code", 1, 40), shape.Text(node, "label", 1, 90), shape.Text(node, "descriptor", 1, 750))
        : new("", "", "");

    private static string? Mark(FileShape shape, FileNode owner)
    {
        var mark = shape.OptionalText(owner, "writtenFor", TranslationMark.Length, TranslationMark.Length);
        if (mark is { Length: TranslationMark.Length } && !mark.All(char.IsAsciiHexDigitLower))
        {
            shape.Report(owner.Member("writtenFor")!, "definition-file.bad-value", $"A mark is {TranslationMark.Length} hexadecimal digits in small letters; the lint says which one is that of the words as they are.");
        }

        return mark;
    }
}
