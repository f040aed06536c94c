using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>One learner of a class map.</summary>
/// <param name="Levels">Codes of native levels, one for each column; null where there is no evidence yet.</param>
/// <param name="Sufficient">For each column, whether the level is what the badge asks for.</param>
/// <param name="LastMovedAt">When a skill of the map last stood higher than before; null for never.</param>
/// <param name="HasMoved">Whether that was within the weeks asked about.</param>
public sealed record ClassMapRow(PersonId Learner, string Name, ImmutableArray<string?> Levels, ImmutableArray<bool> Sufficient, DateTimeOffset? LastMovedAt, bool HasMoved);

/// <summary>Learners by skills: native levels, how they are spread, and who has not moved. It orders learners by name and by nothing else.</summary>
public sealed record ClassMap(ClassSectionId Section, string Name, DateTimeOffset At, int Weeks, ImmutableArray<ColumnDistribution> Columns, ImmutableArray<ClassMapRow> Rows, int NotMoved)
{
    /// <param name="record">The class.</param>
    /// <param name="now">When it is looked at.</param>
    /// <param name="weeks">Who did not move in these is counted.</param>
    public static ClassMap Of(ClassRecord record, DateTimeOffset now, int weeks)
    {
        var since = now.AddDays(-7 * weeks);
        ImmutableArray<ClassMapRow> rows = [.. record.Learners.Zip(record.Cells, (learner, cells) => Row(learner, cells, since))];
        return new(
            record.Section.Id,
            record.Section.Name,
            now,
            weeks,
            [.. record.Columns.Select((column, index) => Distribution(record, column, [.. record.Cells.Select(cells => cells[index])]))],
            rows,
            rows.Count(row => !row.HasMoved));
    }

    /// <summary>How the levels of one column are spread.</summary>
    public static ColumnDistribution Distribution(ClassRecord record, SkillColumn column, IReadOnlyCollection<ClassCell?> cells)
    {
        var standing = cells.Where(cell => cell?.Progression.Standing is not null).Select(cell => (cell!.ScaleId, Standing: cell.Progression.Standing!)).ToList();
        var counts = standing.Select(cell => cell.ScaleId).Prepend(column.ScaleId).Distinct(StringComparer.Ordinal).SelectMany(scale => record.ScaleOf(scale).Levels.Select(level =>
        {
            var at = standing.Where(cell => cell.ScaleId == scale && cell.Standing.Level == level.Code).ToList();
            return new LevelCount(scale, level.Code, level.Label, at.Count, at.Count(cell => cell.Standing.IsSufficient));
        }));
        return new(column, [.. counts], cells.Count - standing.Count);
    }

    private static ClassMapRow Row(ClassLearner learner, ImmutableArray<ClassCell?> cells, DateTimeOffset since)
    {
        var moved = cells.Select(cell => cell?.Progression.LastRise).Max();
        return new(
            learner.Id,
            learner.Name,
            [.. cells.Select(cell => cell?.Progression.Standing?.Level)],
            [.. cells.Select(cell => cell?.Progression.Standing?.IsSufficient == true)],
            moved,
            moved >= since);
    }
}
