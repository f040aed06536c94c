using SkillBadges.Core;

namespace SkillBadges.App.Http;

/// <summary>A no that only the HTTP door can say, with a status that no rule uses.</summary>
internal sealed class RequestRefusedException(int status, string code, string message) : RefusedException(RefusalKind.Invalid, code, message)
{
    public int Status { get; } = status;

    /// <summary>When the client may come again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Makes refusals of the door, as <see cref="Refused"/> does those of the rules.</summary>
internal static class RequestRefused
{
    public static RequestRefusedException With(int status, string code, string message) => new(status, code, message);

    public static RequestRefusedException SignInFirst() => new(401, "session.required", "Please sign in, or send an access token that is still valid.");
}
