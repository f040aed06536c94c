using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Importing;

internal static class RosterDays
{
    /// <summary>The first instant of a day where the organization is.</summary>
    public static DateTimeOffset StartOf(this Organization organization, DateOnly day)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(organization.TimeZone, out var zone))
        {
            return new(day, TimeOnly.MinValue, TimeSpan.Zero);
        }

        // Where clocks go forward at midnight, the day begins an hour later.
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var start = zone.IsInvalidTime(midnight) ? midnight.AddHours(1) : midnight;
        return new DateTimeOffset(start, zone.GetUtcOffset(start)).ToUniversalTime();
    }
}
