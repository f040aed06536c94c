using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <summary>What became of a learner's level in a skill between two looks.</summary>
public enum ChangeDirection
{
    /// <summary>There was no evidence before.</summary>
    FirstEvidence,
    Up,
    Down,

    /// <summary>Decided on another scale now; the two levels are not compared.</summary>
    OtherScale,

    /// <summary>What stood before was corrected or retracted.</summary>
    NoLongerThere,
}

/// <param name="Before">Code of the native level; null where there was none.</param>
public sealed record CycleChange(PersonId Learner, string Badge, string CompetencyId, string? Before, string? After, ChangeDirection Direction)
{
    /// <summary>The scale that the level before was on.</summary>
    public string? BeforeScale { get; init; }

    /// <summary>The scale that the level after is on.</summary>
    public string? AfterScale { get; init; }
}

/// <summary>What is different between two looks at a class.</summary>
/// <param name="Came">Learners who are only in the later one.</param>
/// <param name="Left">Learners who are only in the earlier one.</param>
/// <param name="Changes">Of learners who are in both, by learner, badge and skill.</param>
/// <param name="Unchanged">Learners in both of whom no level changed.</param>
public sealed record CycleDifference(DateTimeOffset Before, DateTimeOffset After, ImmutableArray<PersonId> Came, ImmutableArray<PersonId> Left, ImmutableArray<CycleChange> Changes, int Unchanged)
{
    public static CycleDifference Of(CycleContent before, CycleContent after)
    {
        var (earlier, later) = (Cells(before), Cells(after));
        ImmutableArray<CycleChange> changes =
        [
            .. from learner in earlier.Keys.Intersect(later.Keys)
               from skill in earlier[learner].Keys.Union(later[learner].Keys)
               let was = earlier[learner].GetValueOrDefault(skill)
               let now = later[learner].GetValueOrDefault(skill)
               where was?.Level != now?.Level || was?.ScaleId != now?.ScaleId
               orderby learner.Value, skill.Badge, skill.CompetencyId
               select new CycleChange(learner, skill.Badge, skill.CompetencyId, was?.Level, now?.Level, Direction(was, now)) { BeforeScale = was?.ScaleId, AfterScale = now?.ScaleId },
        ];
        var inBoth = earlier.Keys.Intersect(later.Keys).Count();
        return new(before.AsOf, after.AsOf, [.. later.Keys.Except(earlier.Keys)], [.. earlier.Keys.Except(later.Keys)], changes, inBoth - changes.Select(change => change.Learner).Distinct().Count());
    }

    private static ChangeDirection Direction(CycleCell? was, CycleCell? now) => (was, now) switch
    {
        (null, _) => ChangeDirection.FirstEvidence,
        (_, null) => ChangeDirection.NoLongerThere,
        _ when was.ScaleId != now.ScaleId => ChangeDirection.OtherScale,
        _ => now.Ordinal > was.Ordinal ? ChangeDirection.Up : ChangeDirection.Down,
    };

    private static Dictionary<PersonId, Dictionary<(string Badge, string CompetencyId), CycleCell>> Cells(CycleContent content) => content.Rows.ToDictionary(
        row => row.Learner,
        row => content.Columns.Zip(row.Cells).Where(pair => pair.Second is not null).ToDictionary(pair => (pair.First.Badge, pair.First.CompetencyId), pair => pair.Second!));
}
