using System.Text.Json;

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
        json.Object("review", () => Write(json, badge.Review));
        json.OptionalNumber("recencyMonths", badge.RecencyMonths);
        json.Objects("alignments", badge.Alignments, alignment => Write(json, alignment));
        json.Objects("coAuthors", badge.CoAuthors, author =>
        {
            json.WriteString("kind", author.Kind);
            json.OptionalText("name", author.Name);
        });
    });

    private static void Write(Utf8JsonWriter json, BadgeDefinition badge, Competency competency)
    {
        json.WriteString("id", competency.Id);
        json.WriteString("name", competency.Name);
        json.WriteString("statement", competency.Statement);
        json.OptionalText("skillGroup", competency.SkillGroupId);
        json.OptionalText("requiredLevel", competency.RequiredLevel == badge.Scale.ProficientCut ? null : competency.RequiredLevel);
        json.Object("levels", () =>
        {
            foreach (var level in badge.Scale.Levels)
            {
                json.OptionalText(level.Code, competency.LevelDescriptors.GetValueOrDefault(level.Code));
            }
        });
        json.OptionalNumber("chooseAtLeast", competency.ChooseAtLeast == 1 ? null : competency.ChooseAtLeast);
        json.Objects("evidence", competency.EvidenceOptions, option =>
        {
            json.WriteString("id", option.Id);
            json.WriteString("kind", BadgeFile.Kinds.WordOf(option.Kind));
            json.WriteString("label", option.Label);
            json.WriteString("hint", option.Hint);
        });
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
            });
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
