using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Review;

/// <summary>How a reader's levels compare with the second reader's within a month.</summary>
/// <param name="Month">Such as 2026-11.</param>
/// <param name="Drift">By how many levels the first reader is above (positive) or below the second, on average.</param>
public sealed record ModerationMonth(string Month, RaterAgreement Agreement, double Drift);

/// <summary>One badge and one first reader.</summary>
public sealed record ModerationLine(BadgeVersionId Badge, PersonId Reader, RaterAgreement Agreement, ImmutableArray<ModerationMonth> Months);

/// <summary>Agreement of first and second readers at a school: as a whole, and by badge and reader with its course over time.</summary>
public sealed record ModerationReport(RaterAgreement All, ImmutableArray<ModerationLine> Lines)
{
    /// <summary>Of the sample, what can still be read a second time.</summary>
    public int Waiting { get; init; }

    /// <summary>Of the sample, what nobody read in time.</summary>
    public int Lapsed { get; init; }

    /// <param name="read">Moderations that were read a second time.</param>
    /// <param name="badges">The versions that they are about.</param>
    public static ModerationReport Of(IReadOnlyCollection<Moderation> read, IReadOnlyDictionary<BadgeVersionId, BadgeDefinition> badges) => new(
        RaterAgreement.Of([.. read.SelectMany(one => one.Pairs)]),
        [
            .. read.GroupBy(one => (one.Badge, one.FirstReader))
                .OrderBy(group => group.Key.Badge.ToString(), StringComparer.Ordinal).ThenBy(group => group.Key.FirstReader.Value, StringComparer.Ordinal)
                .Select(group => new ModerationLine(
                    group.Key.Badge,
                    group.Key.FirstReader,
                    RaterAgreement.Of([.. group.SelectMany(one => one.Pairs)]),
                    [.. group.GroupBy(one => one.ChosenAt.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)).OrderBy(month => month.Key, StringComparer.Ordinal).Select(month => Month(month, badges[group.Key.Badge]))])),
        ]);

    private static ModerationMonth Month(IGrouping<string, Moderation> month, BadgeDefinition badge)
    {
        ImmutableArray<(string First, string Second)> pairs = [.. month.SelectMany(one => one.Pairs)];
        return new(month.Key, RaterAgreement.Of(pairs), pairs.IsEmpty ? 0 : pairs.Average(pair => badge.Scale.Level(pair.First).Ordinal - badge.Scale.Level(pair.Second).Ordinal));
    }
}
