using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <summary>When a school's days begin.</summary>
public static class SchoolDays
{
    /// <summary>The first instant of a day in the school's time zone; where the clock is put forward over midnight, the first instant that there is.</summary>
    public static DateTimeOffset StartOf(Organization school, DateOnly day)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(school.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
