using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Marks;

/// <summary>What is to be entered for one learner.</summary>
/// <param name="Level">Code of the native level that the mark is made from; null where there is none.</param>
/// <param name="LevelLabel">What people read of it.</param>
/// <param name="Mark">Null where there is none to enter, which is not a failing one.</param>
/// <param name="IsConverted">True wherever there is a mark: it is never the native level.</param>
/// <param name="Why">Which levels it rests on, or why there is none.</param>
public sealed record MarkRow(PersonId Learner, string? Level, string? LevelLabel, string? Mark, bool IsConverted, string Why);

/// <summary>The marks of a class for one term, from native levels under one version of a policy.</summary>
/// <param name="Policy">Null where the school named none; then there are levels and no marks.</param>
public sealed record MarkSheet(ClassSectionId Section, string ClassName, string Term, DateTimeOffset AsOf, MarkPolicy? Policy, ImmutableArray<MarkRow> Rows)
{
    /// <param name="content">The class as the term has it.</param>
    /// <param name="term">Name of the term.</param>
    /// <param name="policy">Null for levels alone.</param>
    public static MarkSheet Of(CycleContent content, string term, MarkPolicy? policy) =>
        new(content.Section, content.Name, term, content.AsOf, policy, [.. content.Rows.Select(row => Row(content, row, policy))]);

    private static MarkRow Row(CycleContent content, CycleRow row, MarkPolicy? policy)
    {
        var cells = row.Cells.OfType<CycleCell>().ToList();
        var missing = row.Cells.Length - cells.Count;
        if (cells.Count == 0)
        {
            return new(row.Learner, null, null, null, false, "No evidence yet.");
        }

        if (policy is null)
        {
            return new(row.Learner, null, null, null, false, $"{Spread(content, cells, missing)} No policy was named, so there is no mark.");
        }

        if (cells.Exists(cell => cell.ScaleId != policy.Terms.ScaleId))
        {
            return new(row.Learner, null, null, null, false, "Some skills were decided on another scale, which the policy does not convert.");
        }

        if (policy.Terms.Combine == MarkCombination.Lowest && missing > 0)
        {
            return new(row.Learner, null, null, null, false, $"{Spread(content, cells, missing)} The policy waits until every skill has evidence.");
        }

        var spoken = policy.Terms.Combine == MarkCombination.Lowest
            ? cells.MinBy(cell => cell.Ordinal)!
            : cells.GroupBy(cell => cell.Level, StringComparer.Ordinal).OrderByDescending(level => level.Count()).ThenBy(level => level.First().Ordinal).First().First();
        return policy.Terms.Levels.TryGetValue(spoken.Level, out var mark)
            ? new(row.Learner, spoken.Level, LabelOf(content, spoken), mark, true, Spread(content, cells, missing))
            : new(row.Learner, spoken.Level, LabelOf(content, spoken), null, false, "The policy was made for another version of the scale and does not know this level.");
    }

    private static string Spread(CycleContent content, IEnumerable<CycleCell> cells, int missing)
    {
        var parts = cells.GroupBy(cell => (cell.Ordinal, Label: LabelOf(content, cell))).OrderBy(level => level.Key.Ordinal)
            .Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Count()} {level.Key.Label}"))
            .Concat(missing == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{missing} without evidence")]);
        return $"Skills: {string.Join(", ", parts)}.";
    }

    private static string LabelOf(CycleContent content, CycleCell cell) =>
        content.Scales.FirstOrDefault(scale => scale.ScaleId == cell.ScaleId)?.Levels.FirstOrDefault(level => level.Level == cell.Level)?.Label ?? cell.Level;
}
