using System.Collections.Immutable;
using SkillBadges.Core.Gradebook.Classes;

namespace SkillBadges.App.Gradebook;

/// <summary>Where a level stands on its scale, so that a picture can show it by number and by height, and never by color alone.</summary>
/// <param name="Number">From 1, the lowest.</param>
/// <param name="Of">How many levels the scale has.</param>
internal sealed record LevelStep(int Number, int Of, string Label)
{
    /// <summary>The class of the stylesheet that fills a cell as high as the level stands, in tenths.</summary>
    public string Fill => $"f{(int)Math.Ceiling(10.0 * Number / Of)}";

    /// <summary>The step of a level in a column, on the scale that most are on where several know its code; null for no evidence.</summary>
    public static LevelStep? In(ColumnDistribution column, string? code) =>
        code is null ? null : On(column.Levels.Where(level => level.Level == code).MaxBy(level => level.Count)?.ScaleId, column.Levels, code);

    /// <summary>Every step of the scale on which new decisions of a column are made.</summary>
    public static IReadOnlyList<LevelStep> All(ColumnDistribution column) =>
        [.. column.Levels.Where(level => level.ScaleId == column.Column.ScaleId).Select(level => In(column, level.Level)!)];

    private static LevelStep? On(string? scale, ImmutableArray<LevelCount> levels, string code)
    {
        var steps = levels.Where(level => level.ScaleId == scale).ToList();
        var at = steps.FindIndex(level => level.Level == code);
        return at < 0 ? null : new(at + 1, steps.Count, steps[at].Label);
    }
}
