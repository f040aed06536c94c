using System.Text.Json;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>A badge as its file: what <see cref="BadgeFile"/> reads. What the reader takes for granted is left out.</summary>
internal static class BadgeFileText
{
    public static byte[] Of(BadgeDefinition badge) => CanonicalFile.Of("badge-definition", json =>
    {
        json.WriteString("slug", badge.Slug);
        json.WriteString("name", badge.Name);
        json.WriteString("description", badge.Description);
        json.WriteString("achievementType", badge.AchievementType);
        json.WriteString("field", badge.Field);
        json.Texts("tags", badge.Tags);
        json.Object("image", () => json.WriteString("alt", badge.Image.Alt));
        json.WriteString("scale", badge.ScaleId);
        json.Texts("criteria", badge.Criteria.Split('\n'));
        json.Objects("skillGroups", badge.SkillGroups, group =>
        {
            json.WriteString("id", group.Id);
            json.WriteString("name", group.Name);
            json.WriteString("description", group.Description);
        });
        json.Objects("competencies", badge.Competencies, competency => Write(json, badge, competency));
        json.Objects("attributes", badge.Attributes, built =>
        {
            json.WriteString("profile", built.Profile);
            json.WriteString("attribute", built.Attribute);
            json.OptionalTexts("competencies", built.Competencies);
        });
        json.Object("review", () => Write(json, badge.Review));
        json.OptionalNumber("recencyMonths", badge.RecencyMonths);
        json.Objects("alignments", badge.Alignments, alignment => Write(json, alignment));
        json.Objects("coAuthors", badge.CoAuthors, author =>
        {
            json.WriteString("kind", author.Kind);
            json.OptionalText("name", author.Name);
        });
        WritePath(json, badge);
        TranslationFile.Write(json, badge);
    });

    private static void Write(Utf8JsonWriter json, BadgeDefinition badge, Competency competency)
    {
        json.WriteString("id", competency.Id);
        json.WriteString("name", competency.Name);
        json.WriteString("statement", competency.Statement);
        json.OptionalText("skillGroup", competency.SkillGroupId);
        json.OptionalText("band", competency.Band is { } band ? BadgeFile.Bands.WordOf(band) : null);
        json.OptionalText("requiredLevel", competency.RequiredLevel == badge.Scale.ProficientCut ? null : competency.RequiredLevel);
        json.Descriptors("levels", badge.Scale, competency.LevelDescriptors);
        json.Objects("exemplars", competency.Exemplars, exemplar =>
        {
            json.WriteString("level", exemplar.Level);
            json.WriteString("title", exemplar.Title);
            json.WriteString("description", exemplar.Description);
            json.OptionalText("url", exemplar.Url);
        });
        json.OptionalNumber("chooseAtLeast", competency.ChooseAtLeast == 1 ? null : competency.ChooseAtLeast);
        json.Objects("evidence", competency.EvidenceOptions, option =>
        {
            json.WriteString("id", option.Id);
            json.WriteString("kind", BadgeFile.Kinds.WordOf(option.Kind));
            json.WriteString("label", option.Label);
            json.WriteString("hint", option.Hint);
        });
        json.Objects("extensions", competency.Extensions, task =>
        {
            json.WriteString("id", task.Id);
            json.WriteString("title", task.Title);
            json.WriteString("description", task.Description);
        });
        json.Objects("alignments", competency.Alignments, alignment => Write(json, alignment));
    }

    private static void WritePath(Utf8JsonWriter json, BadgeDefinition badge)
    {
        if (badge.Attempts is { } attempts)
        {
            json.Object("attempts", () =>
            {
                json.OptionalNumber("limit", attempts.Limit);
                json.OptionalNumber("coolingDays", attempts.CoolingDays);
                json.OptionalText("preparation", attempts.Preparation);
                json.OptionalText("preparationSaidBy", attempts.PreparationSaidBy == PreparationWord.Teacher ? "teacher" : null);
            });
        }

        json.Objects("checkpoints", badge.Checkpoints, checkpoint =>
        {
            json.WriteString("id", checkpoint.Id);
            json.WriteString("label", checkpoint.Label);
            json.WriteString("hint", checkpoint.Hint);
        });
        json.Objects("assessments", badge.Assessments, assessment =>
        {
            json.WriteString("id", assessment.Id);
            json.WriteString("name", assessment.Name);
            json.WriteString("hint", assessment.Hint);
            json.WriteNumber("maxScore", assessment.MaxScore);
            json.OptionalTexts("competencies", assessment.Competencies);
        });
        json.OptionalTexts("prerequisites", badge.Prerequisites);
    }

    private static void Write(Utf8JsonWriter json, ReviewRule review)
    {
        json.Texts("roles", review.Roles.Select(role => BadgeFile.Roles.WordOf(role)));
        json.WriteString("supervisor", BadgeFile.Modes.WordOf(review.Supervisor));
        if (review.QualificationCode is { } code)
        {
            json.Object("qualification", () =>
            {
                json.WriteString("code", code);
                json.OptionalText("note", review.QualificationNote);
                if (review.QualificationOf is { } held)
                {
                    json.Texts("requiredOf", held.Select(role => BadgeFile.Roles.WordOf(role)));
                }
            });
        }

        if (review.Raters is { } disagreement)
        {
            json.Object("raters", () => json.WriteString("disagreement", BadgeFile.Disagreements.WordOf(disagreement)));
        }
    }

    private static void Write(Utf8JsonWriter json, Alignment alignment)
    {
        json.WriteString("targetName", alignment.TargetName);
        json.WriteString("targetUrl", alignment.TargetUrl);
        json.WriteString("targetFramework", alignment.TargetFramework);
        json.OptionalText("targetCode", alignment.TargetCode);
        json.OptionalText("targetType", alignment.TargetType);
    }
}
