using System.Globalization;
using System.Text.Json;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// The deterministic JSON that stands for a badge or stack in hashes: fixed member order, level descriptors in the scale's order, no
/// white space, no version. Published hashes depend on it, so a later optional member is written only where it is set.
/// </summary>
internal static class DefinitionHash
{
    public static Sha256Digest Of(BadgeDefinition badge) => Hash(json =>
    {
        json.WriteString("slug", badge.Slug);
        json.WriteString("name", badge.Name);
        json.WriteString("description", badge.Description);
        json.WriteString("criteria", badge.Criteria);
        json.WriteString("achievementType", badge.AchievementType);
        json.WriteString("field", badge.Field);
        WriteAll(json, "tags", badge.Tags, json.WriteStringValue);
        json.WriteString("imageAlt", badge.Image.Alt);
        json.WriteString("imagePng", badge.Image.Png?.Hex);
        json.WriteString("imageSvg", badge.Image.Svg?.Hex);
        json.WriteString("scale", badge.Scale.ContentHash.Hex);
        WriteAll(json, "skillGroups", badge.SkillGroups, group => WriteRow(json, group.Id, group.Name, group.Description));
        WriteAll(json, "competencies", badge.Competencies, competency => Write(json, badge, competency));
        WriteAll(json, "reviewers", badge.Review.Roles, role => json.WriteStringValue(role.ToString()));
        json.WriteString("supervisor", badge.Review.Supervisor.ToString());
        json.WriteString("qualificationCode", badge.Review.QualificationCode);
        json.WriteString("qualificationNote", badge.Review.QualificationNote);
        if (badge.Review.QualificationOf is { } held)
        {
            WriteAll(json, "qualificationOf", held, role => json.WriteStringValue(role.ToString()));
        }

        if (badge.Review.Raters is { } disagreement)
        {
            json.WriteString("raters", disagreement.ToString());
        }

        json.WriteNumber("recencyMonths", badge.RecencyMonths ?? 0);
        WriteAll(json, "alignments", badge.Alignments, a => WriteRow(json, a.TargetName, a.TargetUrl, a.TargetFramework, a.TargetCode, a.TargetType));
        WriteAll(json, "coAuthors", badge.CoAuthors, author => WriteRow(json, author.Kind, author.Name));
        WritePath(json, badge);
        WriteAny(json, "attributes", badge.Attributes, built => WriteRow(json, [built.Profile, built.Attribute, .. built.Competencies]));
        WriteAny(json, "translations", badge.Translations, translation => Write(json, badge, translation));
    });

    public static Sha256Digest Of(GraduateProfile profile) => Hash(json =>
    {
        json.WriteString("slug", profile.Slug);
        json.WriteString("name", profile.Name);
        json.WriteString("description", profile.Description);
        json.WriteString("scale", profile.Scale.ContentHash.Hex);
        WriteAll(json, "attributes", profile.Attributes, attribute =>
        {
            json.WriteStartObject();
            json.WriteString("id", attribute.Id);
            json.WriteString("name", attribute.Name);
            json.WriteString("description", attribute.Description);
            foreach (var band in attribute.Bands)
            {
                WriteAll(json, band.Band.ToString(), profile.Scale.Levels, level => json.WriteStringValue(band.Levels.GetValueOrDefault(level.Code)));
            }

            json.WriteEndObject();
        });
    });

    public static Sha256Digest Of(BadgeStack stack) => Hash(json =>
    {
        json.WriteString("slug", stack.Slug);
        json.WriteString("name", stack.Name);
        json.WriteString("description", stack.Description);
        WriteAll(json, "badges", stack.Badges, badge => WriteRow(json, badge.Slug, badge.MinimumLevel));
        WriteAll(json, "certificates", stack.Certificates, certificate =>
        {
            json.WriteStartArray();
            json.WriteStringValue(certificate.Id);
            json.WriteStringValue(certificate.Name);
            json.WriteStringValue(certificate.Issuers);
            json.WriteNumberValue(certificate.MaxAgeMonths ?? 0);
            json.WriteEndArray();
        });
        if (stack.Award is { } award)
        {
            json.WriteString("award", award.ToString());
        }
    });

    private static void Write(Utf8JsonWriter json, BadgeDefinition badge, Competency competency)
    {
        json.WriteStartObject();
        json.WriteString("id", competency.Id);
        json.WriteString("name", competency.Name);
        json.WriteString("statement", competency.Statement);
        json.WriteString("skillGroup", competency.SkillGroupId);
        WriteAll(json, "levels", badge.Scale.Levels, level => json.WriteStringValue(competency.LevelDescriptors.GetValueOrDefault(level.Code)));
        json.WriteString("requiredLevel", competency.RequiredLevel);
        WriteAll(json, "evidence", competency.EvidenceOptions, option => WriteRow(json, option.Id, option.Label, option.Kind.ToString(), option.Hint));
        json.WriteNumber("chooseAtLeast", competency.ChooseAtLeast);
        if (competency.Band is { } band)
        {
            json.WriteString("band", band.ToString());
        }

        WriteAny(json, "exemplars", competency.Exemplars, exemplar => WriteRow(json, exemplar.Level, exemplar.Title, exemplar.Description, exemplar.Url));
        WriteAny(json, "extensions", competency.Extensions, task => WriteRow(json, task.Id, task.Title, task.Description));
        WriteAny(json, "alignments", competency.Alignments, a => WriteRow(json, a.TargetName, a.TargetUrl, a.TargetFramework, a.TargetCode, a.TargetType));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BadgeDefinition badge, BadgeTranslation translation)
    {
        json.WriteStartObject();
        json.WriteString("language", translation.Language);
        WriteAll(json, "words", [translation.Name, translation.Description, translation.Criteria, translation.ImageAlt], json.WriteStringValue);
        WriteMark(json, translation.WrittenFor);
        if (translation.ScaleName is { } scale)
        {
            json.WriteString("scaleName", scale);
        }

        WriteAny(json, "scaleLevels", translation.ScaleLevels, level => WriteRow(json, level.Code, level.Label, level.Descriptor));
        WriteAll(json, "competencies", translation.Competencies, skill =>
        {
            json.WriteStartObject();
            WriteAll(json, "words", [skill.Id, skill.Name, skill.Statement], json.WriteStringValue);
            WriteAll(json, "levels", badge.Scale.Levels, level => json.WriteStringValue(skill.LevelDescriptors.GetValueOrDefault(level.Code)));
            WriteAll(json, "evidence", skill.EvidenceOptions, option => WriteRow(json, option.Id, option.Label, option.Hint));
            WriteMark(json, skill.WrittenFor);
            WriteAny(json, "exemplars", skill.Exemplars, exemplar => WriteRow(json, exemplar.Title, exemplar.Description));
            WriteAny(json, "extensions", skill.Extensions, task => WriteRow(json, task.Id, task.Title, task.Description));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteMark(Utf8JsonWriter json, string? mark)
    {
        if (mark is not null)
        {
            json.WriteString("writtenFor", mark);
        }
    }

    // Written only where it is set, so that badges from before these members keep their hash.
    private static void WritePath(Utf8JsonWriter json, BadgeDefinition badge)
    {
        if (badge.Attempts is { } attempts)
        {
            json.WriteStartArray("attempts");
            json.WriteNumberValue(attempts.Limit ?? 0);
            json.WriteNumberValue(attempts.CoolingDays ?? 0);
            json.WriteStringValue(attempts.Preparation);
            if (attempts.PreparationSaidBy != PreparationWord.Learner)
            {
                json.WriteStringValue(attempts.PreparationSaidBy.ToString());
            }

            json.WriteEndArray();
        }

        WriteAny(json, "checkpoints", badge.Checkpoints, checkpoint => WriteRow(json, checkpoint.Id, checkpoint.Label, checkpoint.Hint));
        WriteAny(json, "assessments", badge.Assessments, assessment => WriteRow(
            json, [assessment.Id, assessment.Name, assessment.Hint, assessment.MaxScore.ToString(CultureInfo.InvariantCulture), .. assessment.Competencies]));
        WriteAny(json, "prerequisites", badge.Prerequisites, json.WriteStringValue);
    }

    private static Sha256Digest Hash(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Sha256Digest.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    /// <summary>For what came later: nothing is written where nothing is set, so that earlier hashes stand.</summary>
    private static void WriteAny<T>(Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write)
    {
        if (items.Count > 0)
        {
            WriteAll(json, name, items, write);
        }
    }

    private static void WriteRow(Utf8JsonWriter json, params ReadOnlySpan<string?> cells)
    {
        json.WriteStartArray();
        foreach (var cell in cells)
        {
            json.WriteStringValue(cell);
        }

        json.WriteEndArray();
    }
}
