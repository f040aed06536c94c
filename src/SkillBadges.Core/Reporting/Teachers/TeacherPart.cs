using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>A teacher's part in what a learner learned: so many percent of it from a day until another.</summary>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day on which it holds no more; null for no end.</param>
/// <param name="Share">Percent, above 0 up to 100, with at most two decimals.</param>
public sealed record TeacherPart(PersonId Teacher, DateOnly From, DateOnly? Until, decimal Share)
{
    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || day < Until);
}

/// <summary>Who taught one learner, from the day on which the learner came until the day on which the learner left.</summary>
/// <param name="Until">The first day on which the learner is there no more; null for no end.</param>
public sealed record LearnerTeachers(PersonId Learner, DateOnly From, DateOnly? Until, ImmutableArray<TeacherPart> Parts)
{
    public const int MaxParts = 40;

    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || day < Until);

    /// <summary>The parts that hold on a day.</summary>
    public ImmutableArray<TeacherPart> On(DateOnly day) => [.. Parts.Where(part => part.HoldsOn(day))];

    /// <summary>What is wrong, moment by moment: at each of them the shares sum to 100 and nobody is counted twice. Empty when it is sound.</summary>
    public IReadOnlyList<ShareFault> Faults()
    {
        var faults = new List<ShareFault>();
        faults.AddRange(Parts.Where(part => part.Share is <= 0 or > 100 || decimal.Round(part.Share, 2) != part.Share).Select(part => Fault("shares.share", part.From, part.Until, part.Share)));
        faults.AddRange(Parts.Where(part => part.Until <= part.From).Select(part => Fault("shares.interval", part.From, part.Until, part.Share)));
        faults.AddRange(Parts.Where(part => part.From < From || (Until is { } end && (part.Until is null || part.Until > end))).Select(part => Fault("shares.outside", part.From, part.Until, part.Share)));
        if (Until <= From)
        {
            faults.Add(Fault("shares.interval", From, Until, 0));
            return faults;
        }

        // Between two of these days nothing changes.
        DateOnly[] days = [.. Parts.SelectMany(part => new[] { part.From, part.Until ?? From }).Append(From).Where(HoldsOn).Distinct().Order()];
        for (var i = 0; i < days.Length; i++)
        {
            var (day, next) = (days[i], i + 1 < days.Length ? days[i + 1] : Until);
            var holding = On(day);
            var total = holding.Sum(part => part.Share);
            if (holding.Select(part => part.Teacher).Distinct().Count() != holding.Length)
            {
                faults.Add(Fault("shares.overlap", day, next, total));
            }

            if (total != 100)
            {
                faults.Add(Fault(holding.IsEmpty ? "shares.gap" : total < 100 ? "shares.below" : "shares.above", day, next, total));
            }
        }

        return faults;
    }

    private ShareFault Fault(string code, DateOnly from, DateOnly? until, decimal total) => new(Learner, code, from, until, total);
}

/// <summary>
/// A time in which the shares of a learner's teachers do not come to 100. <see cref="Code"/> is stable: <c>shares.gap</c> (nobody teaches), <c>shares.below</c>, <c>shares.above</c>,
/// <c>shares.overlap</c> (one teacher twice at once), <c>shares.outside</c> (the learner is not there), <c>shares.share</c> (no percentage), <c>shares.interval</c> (ends before it begins).
/// </summary>
/// <param name="Until">The first day on which it is no more so; null for no end.</param>
/// <param name="Total">What the shares come to, or the share itself.</param>
public sealed record ShareFault(PersonId Learner, string Code, DateOnly From, DateOnly? Until, decimal Total)
{
    public override string ToString() => FormattableString.Invariant($"{Code} from {From:yyyy-MM-dd}{(Until is { } end ? FormattableString.Invariant($" until {end:yyyy-MM-dd}") : "")}: the shares come to {Total:0.##}.");
}

/// <summary>Parts that nobody has corrected: the whole, evenly divided.</summary>
public static class EvenShares
{
    /// <summary>100 among some, to the hundredth; what does not divide goes to the first.</summary>
    public static ImmutableArray<decimal> Among(int count)
    {
        if (count == 0)
        {
            return [];
        }

        var each = decimal.Floor(10_000m / count) / 100;
        return [100 - (each * (count - 1)), .. Enumerable.Repeat(each, count - 1)];
    }
}
