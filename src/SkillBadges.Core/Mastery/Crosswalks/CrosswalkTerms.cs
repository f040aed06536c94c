using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations.Agreements;

namespace SkillBadges.Core.Mastery.Crosswalks;

/// <summary>What one level becomes: a level, a range of levels, or nothing.</summary>
/// <param name="From">Code of a level of the scale that is read.</param>
/// <param name="To">Code of a level of the other scale, the lowest of a range; null where nothing is equivalent.</param>
/// <param name="UpTo">The highest of a range; null for one level.</param>
public sealed record CrosswalkPair(string From, string? To = null, string? UpTo = null);

/// <summary>One wording of a crosswalk.</summary>
/// <param name="Pairs">Every level of the scale that is read, once.</param>
/// <param name="Document">What the organizations agreed it in, such as a board's resolution; it is printed beside what is converted.</param>
/// <param name="EffectiveFrom">The first day on which it may be used.</param>
public sealed record CrosswalkTerms(ImmutableArray<CrosswalkPair> Pairs, string Document, DateOnly EffectiveFrom) : IDatedTerms
{
    public const int MaxTextLength = 500;

    /// <summary>The last day on which it may be used; null leaves it open.</summary>
    public DateOnly? EffectiveTo { get; init; }

    DateOnly IDatedTerms.FirstDay => EffectiveFrom;

    DateOnly? IDatedTerms.LastDay => EffectiveTo;

    /// <summary>Where the document can be read; https.</summary>
    public string? DocumentAddress { get; init; }

    /// <summary>What is lost on the way; required where anything is.</summary>
    public string? Note { get; init; }

    /// <summary>What having no evidence yet becomes; null for nothing.</summary>
    public string? WithoutEvidence { get; init; }

    /// <summary>The highest mark of the other scale that fails; null where none but those of well-known names do.</summary>
    public string? FailingUpTo { get; init; }

    /// <summary>Why the lowest level, or having no evidence, becomes a failing mark all the same; null where it does not.</summary>
    public string? FailingReason { get; init; }

    /// <summary>Whether the other scale says less: a range, nothing, or one level for several.</summary>
    [JsonIgnore]
    public bool IsLossy => Pairs.Any(pair => pair.To is null || pair.UpTo is not null) || Pairs.DistinctBy(pair => pair.To).Count() < Pairs.Length;

    /// <summary>What the level becomes; null where nothing is equivalent, also for a level that is not there.</summary>
    /// <param name="level">Null for no evidence.</param>
    public CrosswalkPair? Of(string? level)
    {
        if (level is null)
        {
            return WithoutEvidence is null ? null : new("", WithoutEvidence);
        }

        return Pairs.FirstOrDefault(pair => pair.From == level) is { To: not null } pair ? pair : null;
    }

    /// <summary>These terms, if they keep the rules.</summary>
    /// <exception cref="RefusedException">
    /// <c>crosswalk.pairs</c>, <c>scale.unknown-level</c>, <c>crosswalk.not-monotone</c>, <c>crosswalk.failing-mark</c>, <c>crosswalk.note</c>, <c>crosswalk.terms</c>.
    /// </exception>
    public CrosswalkTerms Checked(MasteryScale from, MasteryScale to)
    {
        if (Pairs.IsDefault || Pairs.Length != from.Levels.Length || from.Levels.Any(level => Pairs.Count(pair => pair.From == level.Code) != 1))
        {
            throw Refused.Invalid("crosswalk.pairs", "Every level of the first scale is there once, with what it becomes or with nothing.");
        }

        if (Pairs.Any(pair => pair.UpTo is not null && (pair.To is null || to.Level(pair.UpTo).Ordinal <= to.Level(pair.To).Ordinal)))
        {
            throw Refused.Invalid("crosswalk.pairs", "A range goes from a lower to a higher level.");
        }

        if (EffectiveTo < EffectiveFrom)
        {
            throw Refused.Invalid("crosswalk.terms", "The last day comes before the first.");
        }

        RequireMonotone(from, to);
        var text = this with
        {
            Document = DisplayText.Require(Document, MaxTextLength, "crosswalk.terms"),
            Note = DisplayText.Optional(Note, MaxTextLength, "crosswalk.terms"),
            FailingReason = DisplayText.Optional(FailingReason, MaxTextLength, "crosswalk.terms"),
        };
        text.RequireNoFailing(from, to);
        RequireAddress();
        return IsLossy && text.Note is null
            ? throw Refused.Invalid("crosswalk.note", "Something is lost on the way: several levels become one, a range, or nothing. Please say in the note what it is.")
            : text with { Pairs = [.. Pairs.OrderBy(pair => from.Level(pair.From).Ordinal)] };
    }

    // Higher never becomes lower, at either end of a range.
    private void RequireMonotone(MasteryScale from, MasteryScale to)
    {
        var (low, high) = WithoutEvidence is null ? (int.MinValue, int.MinValue) : (to.Level(WithoutEvidence).Ordinal, to.Level(WithoutEvidence).Ordinal);
        foreach (var pair in Pairs.Where(pair => pair.To is not null).OrderBy(pair => from.Level(pair.From).Ordinal))
        {
            var (nextLow, nextHigh) = (to.Level(pair.To!).Ordinal, to.Level(pair.UpTo ?? pair.To!).Ordinal);
            if (nextLow < low || nextHigh < high)
            {
                throw Refused.Invalid("crosswalk.not-monotone", $"The level {pair.From} would become less than a lower level does.");
            }

            (low, high) = (nextLow, nextHigh);
        }
    }

    // A lowest level says "not yet": a failing mark in its place is somebody's decision, with a reason.
    private void RequireNoFailing(MasteryScale from, MasteryScale to)
    {
        var bar = FailingUpTo is null ? int.MinValue : to.Level(FailingUpTo).Ordinal;
        var lowest = Pairs.First(pair => pair.From == from.Levels[0].Code);
        if (FailingReason is null && new[] { WithoutEvidence, lowest.To }.OfType<string>().Select(to.Level).Any(mark => mark.Ordinal <= bar || IsKnownToFail(mark)))
        {
            throw Refused.Invalid("crosswalk.failing-mark", "The lowest level says not yet, and having no evidence says nothing: neither becomes a failing mark, unless you give the reason for it.");
        }
    }

    private static bool IsKnownToFail(MasteryLevel mark) =>
        new[] { mark.Code, mark.Label }.Any(word => word.Trim().Replace('-', ' ').TrimEnd().ToUpperInvariant() is "F" or "F+" or "FF" or "FAIL" or "FAILED" or "FAILING" or "FAILURE" or "NP" or "NC" or "NO PASS" or "NOT PASSED" or "NO CREDIT" or "0" or "0.0" or "0.00");

    private void RequireAddress()
    {
        if (DocumentAddress is { } address
            && (address.Length > MaxTextLength || address.Any(c => c is <= ' ' or >= '\x7f' or '"' or '<' or '>') || !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0))
        {
            throw Refused.Invalid("crosswalk.terms", $"The document's address begins with https:// and has at most {MaxTextLength} characters.");
        }
    }
}
