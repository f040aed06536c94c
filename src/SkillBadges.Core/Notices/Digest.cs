using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

/// <summary>The one letter that a person gets on a day; its id is made of both, so there is no second one.</summary>
public sealed record Digest(string Id, PersonId Person, DateTimeOffset DueAt)
{
    /// <summary>Outbox topic; the subject is the digest's id.</summary>
    public const string Topic = "notices.digest";

    public bool IsWritten { get; init; }

    public DateTimeOffset ExpiresAt => DueAt + TimeSpan.FromDays(7);

    /// <summary>The first time after <paramref name="now"/> at which it is <paramref name="hour"/> o'clock in a time zone (in the night without that hour: when it is over).</summary>
    public static Digest Next(PersonId person, string timeZone, int hour, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        for (var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime); ; day = day.AddDays(1))
        {
            var local = day.ToDateTime(new TimeOnly(hour, 0));
            var due = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
            if (due > now)
            {
                return new($"{person.Value}:{day:yyyy-MM-dd}", person, due);
            }
        }
    }
}

public static class DigestDocuments
{
    public static readonly AccessPath<Digest> ByExpiry = new AccessPath<Digest>("expiry").OrderBy("expires", d => d.ExpiresAt);

    public static readonly DocumentKind<Digest> Kind = new("digest", d => d.Id) { Paths = [ByExpiry] };
}
