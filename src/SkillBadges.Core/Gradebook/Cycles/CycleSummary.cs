using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <param name="Count">How many times a learner stood there in a skill of the badge.</param>
public sealed record CycleLevelCount(string ScaleId, string Level, string Label, int Count);

/// <summary>One badge in one class.</summary>
/// <param name="Levels">Over learners and skills, on native scales.</param>
/// <param name="NoEvidence">Learners and skills without a decision that counts.</param>
/// <param name="Moved">Learners of whom a skill of the badge rose within the cycle.</param>
public sealed record CycleBadgeSummary(string Badge, ImmutableArray<CycleLevelCount> Levels, int NoEvidence, int Moved, int NotMoved);

/// <summary>What a principal sees of one class: numbers of learners, never an order of them.</summary>
/// <param name="Moved">Learners of whom any skill rose within the cycle.</param>
public sealed record CycleClassSummary(ClassSectionId Section, string Name, int Learners, int Moved, int NotMoved, ImmutableArray<CycleBadgeSummary> Badges)
{
    public static CycleClassSummary Of(CycleContent content)
    {
        var moved = content.Rows.Count(row => row.Cells.Any(cell => cell?.HasMoved == true));
        var badges = Enumerable.Range(0, content.Columns.Length).GroupBy(column => content.Columns[column].Badge, StringComparer.Ordinal).Select(columns => Badge(content, columns.Key, [.. columns]));
        return new(content.Section, content.Name, content.Rows.Length, moved, content.Rows.Length - moved, [.. badges]);
    }

    private static CycleBadgeSummary Badge(CycleContent content, string badge, IReadOnlyCollection<int> columns)
    {
        var cells = content.Rows.SelectMany(row => columns.Select(column => row.Cells[column])).ToList();
        var standing = cells.OfType<CycleCell>().ToLookup(cell => (cell.ScaleId, cell.Level));
        var scales = columns.Select(column => content.Columns[column].ScaleId).Concat(cells.OfType<CycleCell>().Select(cell => cell.ScaleId)).ToHashSet(StringComparer.Ordinal);
        var levels = content.Scales.Where(scale => scales.Contains(scale.ScaleId))
            .SelectMany(scale => scale.Levels.Select(level => new CycleLevelCount(scale.ScaleId, level.Level, level.Label, standing[(scale.ScaleId, level.Level)].Count())));
        var moved = content.Rows.Count(row => columns.Any(column => row.Cells[column]?.HasMoved == true));
        return new(badge, [.. levels], cells.Count(cell => cell is null), moved, content.Rows.Length - moved);
    }
}
