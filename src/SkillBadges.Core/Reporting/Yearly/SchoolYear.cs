namespace SkillBadges.Core.Reporting.Yearly;

/// <summary>A school year, July to June.</summary>
/// <param name="EndsIn">The year in which it ends, by which it is named.</param>
public readonly record struct SchoolYear(int EndsIn)
{
    private const int Earliest = 2000;

    public DateOnly From => new(EndsIn - 1, 7, 1);

    /// <summary>The first day after it.</summary>
    public DateOnly Until => new(EndsIn, 7, 1);

    /// <summary>One that can be counted: it has begun.</summary>
    /// <param name="endsIn">As it was asked for.</param>
    /// <param name="today">The day where it is counted.</param>
    /// <exception cref="RefusedException"><c>yearly-report.year</c>.</exception>
    public static SchoolYear Require(int endsIn, DateOnly today) => endsIn >= Earliest && endsIn <= today.Year + 1 && new SchoolYear(endsIn) is var year && year.From <= today
        ? year
        : throw Refused.Invalid("yearly-report.year", "A school year is named by the four digits of the year in which it ends, and has begun before it is counted.");
}
