using System.Collections.Immutable;

namespace SkillBadges.Core.Review;

/// <param name="Badge">The badge's slug; null for all of a school's.</param>
/// <param name="Decisions">How many it is the middle of.</param>
/// <param name="MedianSeconds">Null while fewer than ten of them were opened in the queue.</param>
public sealed record EffortLine(string? Badge, int Decisions, double? MedianSeconds, double MedianInteractions)
{
    /// <summary>Of fewer nothing is said: a middle of a few is somebody's single afternoon.</summary>
    public const int Least = 10;

    /// <summary>The line of all these decisions; null when there are too few.</summary>
    public static EffortLine? Of(string? badge, IReadOnlyCollection<DecisionEffort> decisions)
    {
        if (decisions.Count < Least)
        {
            return null;
        }

        double[] timed = [.. decisions.Select(decision => decision.Seconds).OfType<double>()];
        return new(badge, decisions.Count, timed.Length < Least ? null : Middle(timed), Middle([.. decisions.Select(decision => decision.Interactions)]));
    }

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return values.Length % 2 == 1 ? values[values.Length / 2] : (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2;
    }
}

/// <summary>What deciding takes at one school; never by person.</summary>
/// <param name="School">Null while there are fewer than ten decisions.</param>
public sealed record EffortReport(EffortLine? School, ImmutableArray<EffortLine> Badges);
