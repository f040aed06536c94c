using System.Globalization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using OpenBadge = SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing;

/// <summary>A badge version as an Open Badges 3.0 Achievement: the same bytes whoever issues it.</summary>
public static class BadgeAchievement
{
    public static OpenBadge.Achievement Of(BadgeDefinition badge, InstanceAddress address)
    {
        var id = address.Achievement(badge.Id);
        return new()
        {
            Id = id,
            Name = badge.Name,
            Description = badge.Description,
            Criteria = new() { Narrative = badge.Criteria },
            AchievementType = badge.AchievementType,
            Version = badge.Version.ToString(CultureInfo.InvariantCulture),
            InLanguage = "en-US",
            Image = badge.Image.Png is null ? null : new(address.AchievementImage(badge.Id), badge.Image.Alt),
            FieldOfStudy = badge.Field,
            Alignment = [.. badge.Alignments.Select(Alignment)],
            Tag = [.. badge.Tags],
            ResultDescription = [.. badge.Competencies.Select(competency => ResultDescription(badge, competency, id))],
        };
    }

    /// <summary>The id of a competency's result within the achievement.</summary>
    public static string ResultId(string achievement, string competency) => $"{achievement}#{Uri.EscapeDataString(competency)}";

    /// <summary>The id of one level of a competency's rubric within the achievement.</summary>
    public static string LevelId(string achievement, string competency, string level) =>
        $"{achievement}#{Uri.EscapeDataString(competency)}/{Uri.EscapeDataString(level)}";

    private static OpenBadge.ResultDescription ResultDescription(BadgeDefinition badge, Competency competency, string achievement) => new()
    {
        Id = ResultId(achievement, competency.Id),
        Name = competency.Name,
        Alignment = [.. competency.Alignments.Select(Alignment)],
        ResultType = "RubricCriterionLevel",
        RequiredLevel = LevelId(achievement, competency.Id, competency.RequiredLevel),
        RubricCriterionLevel =
        [
            .. badge.Scale.Levels.Select(level => new OpenBadge.RubricCriterionLevel
            {
                Id = LevelId(achievement, competency.Id, level.Code),
                Name = level.Label,
                Level = level.Code,
                Description = competency.LevelDescriptors.GetValueOrDefault(level.Code),
            }),
        ],
    };

    private static OpenBadge.Alignment Alignment(Alignment alignment) => new()
    {
        TargetName = alignment.TargetName,
        TargetUrl = alignment.TargetUrl,
        TargetFramework = alignment.TargetFramework,
        TargetCode = alignment.TargetCode,
        TargetType = alignment.TargetType,
    };
}
