using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.SignIn;

public enum SessionUse
{
    /// <summary>A cookie of the pages.</summary>
    Pages,

    /// <summary>Access tokens of the API, renewed by rotation.</summary>
    Api,
}

/// <summary>
/// A sign-in that holds. Each request reads it, so that signing out, a new password or a closed account ends it at once.
/// </summary>
public sealed record Session(string Id, PersonId Person, SessionUse Use, DateTimeOffset StartedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Age of a password or code that key operations still accept.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PagesLifetime = TimeSpan.FromHours(12);
    private static readonly TimeSpan ApiIdle = TimeSpan.FromDays(7);
    private static readonly TimeSpan ApiLifetime = TimeSpan.FromDays(30);

    /// <summary>SHA-256 of the refresh token that is good now.</summary>
    public string? RefreshHash { get; init; }

    /// <summary>When the person last showed password or code.</summary>
    public DateTimeOffset ConfirmedAt { get; init; }

    public bool UsedSecondFactor { get; init; }

    public static Session Start(string id, PersonId person, SessionUse use, bool usedSecondFactor, DateTimeOffset now) =>
        new(id, person, use, now, now + (use == SessionUse.Pages ? PagesLifetime : ApiIdle)) { ConfirmedAt = now, UsedSecondFactor = usedSecondFactor };

    public bool HoldsAt(DateTimeOffset now) => now < ExpiresAt;

    /// <summary>With the next refresh token; idle for a week it ends, and after a month anyhow.</summary>
    public Session Renew(string refreshHash, DateTimeOffset now)
    {
        var (idle, last) = (now + ApiIdle, StartedAt + ApiLifetime);
        return this with { RefreshHash = refreshHash, ExpiresAt = idle < last ? idle : last };
    }

    /// <exception cref="RefusedException"><c>session.confirm-again</c>.</exception>
    public void RequireRecent(DateTimeOffset now)
    {
        if (now - ConfirmedAt > Recent)
        {
            throw Refused.Forbidden("session.confirm-again", "Please show your password or code again; this needs one that is at most five minutes old.");
        }
    }
}
