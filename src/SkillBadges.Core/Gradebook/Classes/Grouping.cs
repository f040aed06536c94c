using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>By what a class is cut into groups.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GroupKind>))]
public enum GroupKind
{
    /// <summary>Who stands at one level works together.</summary>
    [JsonStringEnumMemberName("same-level")]
    SameLevel,

    /// <summary>Each group has learners of every level that there is.</summary>
    [JsonStringEnumMemberName("mixed")]
    Mixed,

    /// <summary>Who misses the same skill works together.</summary>
    [JsonStringEnumMemberName("same-gap")]
    SameGap,
}

/// <param name="Why">Why the learner is in this group, in plain words and without a name.</param>
public sealed record GroupMember(PersonId Learner, string Why);

/// <param name="About">What the group has in common.</param>
public sealed record LearnerGroup(int Number, string About, ImmutableArray<GroupMember> Members);

/// <summary>A class in groups: each learner in exactly one, the same groups for the same record, each place explained.</summary>
public sealed record Grouping(GroupKind Kind, int Size, ImmutableArray<LearnerGroup> Groups)
{
    public const int MinSize = 2;
    public const int MaxSize = 50;

    private const string NoEvidence = "no evidence yet";

    /// <param name="record">The class and the skills by which it is grouped.</param>
    /// <param name="kind">By what.</param>
    /// <param name="size">At most so many in a group; groups of one question are as even as can be.</param>
    /// <exception cref="RefusedException"><c>groups.size</c>; <c>groups.no-skills</c>; <c>groups.several-scales</c>, except by gap.</exception>
    public static Grouping Of(ClassRecord record, GroupKind kind, int size)
    {
        if (size is < MinSize or > MaxSize)
        {
            throw Refused.Invalid("groups.size", $"A group has {MinSize} to {MaxSize} learners.");
        }

        if (record.Columns.IsEmpty)
        {
            throw Refused.Invalid("groups.no-skills", "There are no skills to group by; please name a badge.");
        }

        var drafts = kind == GroupKind.SameGap ? SameGap(record, size) : ByLevel(record, kind, size);
        return new(kind, size, [.. drafts.Select((draft, index) => new LearnerGroup(index + 1, draft.About, [.. draft.Members]))]);
    }

    private static IReadOnlyList<Draft> ByLevel(ClassRecord record, GroupKind kind, int size)
    {
        var placed = Places(record);
        return kind == GroupKind.Mixed ? Mixed(placed, size) : SameLevel(placed, size);
    }

    private static IReadOnlyList<Draft> SameLevel(IReadOnlyList<Place> placed, int size)
    {
        var levels = new List<List<Place>>();
        foreach (var level in placed.GroupBy(place => place.Ordinal).OrderBy(level => level.Key))
        {
            // Nobody works alone: who is the only one at a level joins the level before, or is joined by the next.
            if (levels.Count > 0 && (level.Count() == 1 || levels[^1].Count == 1))
            {
                levels[^1].AddRange(level);
            }
            else
            {
                levels.Add([.. level]);
            }
        }

        return
        [
            .. levels.SelectMany(level => Even(level, size)).Select(group => new Draft(
                string.Join(", ", group.Select(place => place.Label).Distinct(StringComparer.Ordinal)),
                group.Select(place => new GroupMember(place.Learner, $"Stands at: {place.Label}{place.Detail}.")))),
        ];
    }

    // Highest first, dealt out and back again, so that each group has some of each level.
    private static IReadOnlyList<Draft> Mixed(IReadOnlyList<Place> placed, int size)
    {
        var hands = Enumerable.Range(0, (placed.Count + size - 1) / size).Select(_ => new List<Place>()).ToList();
        foreach (var (place, turn) in placed.OrderByDescending(place => place.Ordinal).Select((place, turn) => (place, turn)))
        {
            var (round, seat) = Math.DivRem(turn, hands.Count);
            hands[round % 2 == 0 ? seat : hands.Count - 1 - seat].Add(place);
        }

        return [.. hands.Select(hand =>
        {
            var mix = string.Join(", ", hand.CountBy(place => place.Label).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key}")));
            return new Draft(mix, hand.Select(place => new GroupMember(place.Learner, $"Stands at: {place.Label}{place.Detail}; the group mixes {mix}.")));
        })];
    }

    private static List<Draft> SameGap(ClassRecord record, int size)
    {
        var open = Enumerable.Range(0, record.Learners.Length).ToList();
        var groups = new List<Draft>();
        while (MostShared(record, open) is { } gap)
        {
            var shared = open.Where(row => HasGap(record, row, gap)).ToList();
            var others = string.Create(CultureInfo.InvariantCulture, $"{shared.Count} learners share this gap");
            groups.AddRange(Even(shared, size).Select(rows => new Draft(
                $"Not reached yet: {record.Columns[gap].Name}",
                rows.Select(row => new GroupMember(record.Learners[row].Id, $"Has not reached {record.Columns[gap].Name} yet ({StandsAt(record, row, gap)}); {others}.")))));
            open.RemoveAll(shared.Contains);
        }

        var apart = open.Where(row => Gaps(record, row).Any()).ToList();
        groups.AddRange(Even(apart, size).Select(rows => new Draft(
            "Gaps that nobody else of the rest has",
            rows.Select(row => new GroupMember(record.Learners[row].Id, $"Has not reached {record.Columns[Gaps(record, row).First()].Name} yet ({StandsAt(record, row, Gaps(record, row).First())}), as nobody else of the rest.")))));
        groups.AddRange(Even([.. open.Except(apart)], size).Select(rows => new Draft("No gap in these skills", rows.Select(row => new GroupMember(record.Learners[row].Id, "Has reached every one of these skills.")))));
        return groups;
    }

    // The gap that most of these have; the first in the badges' order where several are equal; null when none is shared.
    private static int? MostShared(ClassRecord record, IReadOnlyCollection<int> rows)
    {
        var (best, most) = ((int?)null, 1);
        for (var column = 0; column < record.Columns.Length; column++)
        {
            if (rows.Count(row => HasGap(record, row, column)) is var count && count > most)
            {
                (best, most) = (column, count);
            }
        }

        return best;
    }

    private static IEnumerable<int> Gaps(ClassRecord record, int row) => Enumerable.Range(0, record.Columns.Length).Where(column => HasGap(record, row, column));

    private static bool HasGap(ClassRecord record, int row, int column) => record.Cells[row][column]?.Progression.Standing is not { IsSufficient: true };

    private static string StandsAt(ClassRecord record, int row, int column) =>
        record.Cells[row][column] is { Progression.Standing: { } standing } cell ? LabelOf(record, cell.ScaleId, standing.Level) : NoEvidence;

    private static string LabelOf(ClassRecord record, string scaleId, string level) => record.ScaleOf(scaleId).Find(level)?.Label ?? level;

    // Where each learner stands over all the skills: the level of most of them, and of the lower one where two are equal.
    private static IReadOnlyList<Place> Places(ClassRecord record)
    {
        var scales = record.Cells.SelectMany(cells => cells).Where(cell => cell?.Progression.Standing is not null).Select(cell => cell!.ScaleId).Distinct(StringComparer.Ordinal).Take(2).ToList();
        if (scales.Count > 1)
        {
            throw Refused.Invalid("groups.several-scales", "These skills were decided on different scales, whose levels are not compared. Please name badges of one scale, or group by gap.");
        }

        return [.. record.Learners.Zip(record.Cells, (learner, cells) =>
        {
            var levels = cells.Select(cell => cell?.Progression.Standing).OfType<Ledger.LevelFact>().GroupBy(fact => (fact.Ordinal, fact.Level)).OrderByDescending(level => level.Count()).ThenBy(level => level.Key.Ordinal).ToList();
            return levels is [var most, ..]
                ? new Place(learner.Id, most.Key.Ordinal, LabelOf(record, scales[0], most.Key.Level), cells.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" in {most.Count()} of {cells.Length} skills"))
                : new Place(learner.Id, int.MinValue, NoEvidence, "");
        })];
    }

    // As few groups as the size allows, whose sizes differ by one at most.
    private static IEnumerable<IReadOnlyList<T>> Even<T>(IReadOnlyList<T> items, int size)
    {
        var count = (items.Count + size - 1) / size;
        for (var group = 0; group < count; group++)
        {
            var (from, to) = (items.Count * group / count, items.Count * (group + 1) / count);
            yield return [.. items.Skip(from).Take(to - from)];
        }
    }

    private sealed record Draft(string About, IEnumerable<GroupMember> Members);

    private sealed record Place(PersonId Learner, int Ordinal, string Label, string Detail);
}
