using System.Collections.Immutable;

namespace SkillBadges.Core.Review;

/// <summary>
/// How far two readers agree on the same work: the share of equal levels, and Cohen's kappa, which takes off the agreement that chance alone would
/// bring (J. Cohen, 1960): (observed - expected) / (1 - expected).
/// </summary>
/// <param name="Count">Pairs of levels.</param>
/// <param name="Share">Of them equal, 0 to 1; null without any.</param>
/// <param name="Kappa">-1 to 1; null where it is not defined.</param>
/// <param name="Undefined">Why there is no kappa, in plain words; null where there is one.</param>
public sealed record RaterAgreement(int Count, int Agreed, double? Share, double? Kappa, string? Undefined)
{
    public static RaterAgreement Of(IReadOnlyCollection<(string First, string Second)> pairs)
    {
        if (pairs.Count == 0)
        {
            return new(0, 0, null, null, "Nothing has been scored twice.");
        }

        var agreed = pairs.Count(pair => pair.First == pair.Second);
        var observed = (double)agreed / pairs.Count;
        var levels = pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (levels.Length == 1)
        {
            return new(pairs.Count, agreed, observed, null, "Both readers gave one and the same level throughout, so chance would have agreed as well.");
        }

        // In whole numbers, so that what is equal is equal.
        long byChance = levels.Sum(level => (long)pairs.Count(pair => pair.First == level) * pairs.Count(pair => pair.Second == level));
        var expected = byChance / ((double)pairs.Count * pairs.Count);
        return new(pairs.Count, agreed, observed, (observed - expected) / (1 - expected), null);
    }
}
