using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions.CoAuthoring;

[JsonConverter(typeof(JsonStringEnumConverter<PassageChangeKind>))]
public enum PassageChangeKind
{
    [JsonStringEnumMemberName("changed")]
    Changed,

    [JsonStringEnumMemberName("added")]
    Added,

    [JsonStringEnumMemberName("removed")]
    Removed,

    /// <summary>The same things in another order.</summary>
    [JsonStringEnumMemberName("reordered")]
    Reordered,
}

/// <summary>What became of one passage.</summary>
/// <param name="Label">Where it stands, in people's words.</param>
/// <param name="Before">Null where it is new.</param>
/// <param name="After">Null where it is gone.</param>
/// <param name="Words">The texts word by word.</param>
public sealed record PassageChange(string Path, string Label, PassageChangeKind Kind, string? Before, string? After, ImmutableArray<WordRun> Words)
{
    /// <summary>What the label is made of.</summary>
    [JsonIgnore]
    public ImmutableArray<PassageStep> Steps { get; init; } = [];

    /// <summary>Of things in another order: what people call them, as they stand now.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The label with each word of the place as <paramref name="say"/> says it.</summary>
    public string LabelIn(Func<string, string> say) => PassageWords.Label(Steps, Kind == PassageChangeKind.Reordered, say);
}

/// <summary>What changed between two contents of a badge, passage by passage, in the order in which the badge is read.</summary>
public static class Difference
{
    public static ImmutableArray<PassageChange> Between(BadgeDefinition before, BadgeDefinition after)
    {
        var old = Passages.Of(before);
        var now = Passages.Of(after);
        var known = old.ToDictionary(Place);
        var left = now.Select(Place).ToHashSet();
        return
        [
            .. now.Select(passage => Change(known.GetValueOrDefault(Place(passage)), passage)).OfType<PassageChange>(),
            .. old.Where(passage => !left.Contains(Place(passage))).Select(gone => Change(gone, null)).OfType<PassageChange>(),
        ];
    }

    private static (string Path, bool IsOrder) Place(Passage passage) => (passage.Path, passage.IsOrder);

    private static PassageChange? Change(Passage? before, Passage? after)
    {
        var passage = after ?? before!;
        if (passage.IsOrder)
        {
            return before is null || after is null || SameOrder(before.Text, after.Text) ? null : Told(passage, PassageChangeKind.Reordered, Line(before), Line(after), []);
        }

        // What translations are marked with is told where somebody looked one through, not where marks begin or go with their translation.
        if (before?.Text == after?.Text || (passage.IsMark && (before is null || after is null)))
        {
            return null;
        }

        var kind = before is null ? PassageChangeKind.Added : after is null ? PassageChangeKind.Removed : PassageChangeKind.Changed;
        return Told(passage, kind, before?.Text, after?.Text, WordChanges.Between(before?.Text ?? "", after?.Text ?? ""));
    }

    private static PassageChange Told(Passage passage, PassageChangeKind kind, string? before, string? after, ImmutableArray<WordRun> words) =>
        new(passage.Path, passage.Label, kind, before, after, words) { Steps = passage.Steps, Names = passage.Names };

    // What is new or gone is told where it stands; here only whether the others changed places.
    private static bool SameOrder(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        return old.Where(now.Contains).SequenceEqual(now.Where(old.Contains));
    }

    private static string Line(Passage order) => order.Text.Replace("\n", ", ", StringComparison.Ordinal);
}
