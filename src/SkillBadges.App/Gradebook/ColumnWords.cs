using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Classes;

namespace SkillBadges.App.Gradebook;

/// <summary>Skills and levels of a class in the language of the page. Levels of another scale than the badge's stay as they were given.</summary>
internal static class ColumnWords
{
    /// <param name="column">As the record has it.</param>
    /// <param name="badges">By slug, in the reader's language.</param>
    public static ColumnDistribution In(ColumnDistribution column, IReadOnlyDictionary<string, BadgeDefinition> badges) => badges.GetValueOrDefault(column.Column.Badge) is not { } badge
        ? column
        : column with
        {
            Column = column.Column with { Name = SkillOf(badge, column.Column.CompetencyId) ?? column.Column.Name },
            Levels = [.. column.Levels.Select(level => level with { Label = LevelOf(badge, level.ScaleId, level.Level) ?? level.Label })],
        };

    public static string? SkillOf(BadgeDefinition badge, string competency) => badge.Competencies.FirstOrDefault(skill => skill.Id == competency)?.Name;

    public static string? LevelOf(BadgeDefinition? badge, string? scale, string level) => badge is not null && badge.Scale.Id == scale ? badge.Scale.Find(level)?.Label : null;
}
