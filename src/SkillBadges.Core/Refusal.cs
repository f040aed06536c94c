namespace SkillBadges.Core;

/// <summary>What kind of no a refusal is; the HTTP door maps each to one status.</summary>
public enum RefusalKind
{
    /// <summary>The request breaks a rule or has the wrong shape (422).</summary>
    Invalid,

    /// <summary>Who asks is not known, or did not prove it (401).</summary>
    Unauthenticated,

    /// <summary>The actor may know of the thing but may not do this (403).</summary>
    Forbidden,

    /// <summary>The thing does not exist, or the actor may not know that it does (404).</summary>
    NotFound,

    /// <summary>The thing changed, or already is what was asked for (409).</summary>
    Conflict,

    /// <summary>The client named the version it had read (If-Match), and that is not the current one (412).</summary>
    Stale,

    /// <summary>The thing existed and does no more: a spent link, an erased file (410).</summary>
    Gone,

    /// <summary>Nothing is wrong with the request; it can be sent again later (503).</summary>
    Unavailable,
}

/// <summary>
/// The one way to say no. <see cref="Code"/> is stable, such as <c>definition.revision-stale</c>, and names a page made
/// from docs/problems.md; the message is for people and holds no personal data.
/// </summary>
public class RefusedException(RefusalKind kind, string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public RefusalKind Kind { get; } = kind;

    public string Code { get; } = code;

    /// <summary>What the message names (a skill, a day, a number), in the order in which it does; empty where the words are always the same.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];
}

/// <summary>
/// Makes refusals, so that a rule reads <c>throw Refused.Conflict("submission.already-decided", "...")</c>. What a message puts in, <c>$"... {name}"</c>, is kept beside it:
/// see <see cref="RefusalText"/>.
/// </summary>
public static class Refused
{
    public static RefusedException Invalid(string code, string message) => new(RefusalKind.Invalid, code, message);

    public static RefusedException Invalid(string code, RefusalText message) => With(RefusalKind.Invalid, code, message);

    public static RefusedException Unauthenticated(string code, string message) => new(RefusalKind.Unauthenticated, code, message);

    public static RefusedException Forbidden(string code, string message) => new(RefusalKind.Forbidden, code, message);

    public static RefusedException Forbidden(string code, RefusalText message) => With(RefusalKind.Forbidden, code, message);

    /// <summary>Code <c>{noun}.not-found</c>; said as well of what the actor may not see.</summary>
    public static RefusedException NotFound(string noun) =>
        new(RefusalKind.NotFound, $"{noun}.not-found", $"There is no such {noun}, or it is not yours to see.");

    public static RefusedException Conflict(string code, string message) => new(RefusalKind.Conflict, code, message);

    public static RefusedException Conflict(string code, RefusalText message) => With(RefusalKind.Conflict, code, message);

    public static RefusedException Stale(string code, string message) => new(RefusalKind.Stale, code, message);

    public static RefusedException Gone(string code, string message) => new(RefusalKind.Gone, code, message);

    public static RefusedException Gone(string code, RefusalText message) => With(RefusalKind.Gone, code, message);

    public static RefusedException Unavailable(string code, string message, Exception? cause = null) =>
        new(RefusalKind.Unavailable, code, message, cause);

    public static RefusedException Unavailable(string code, RefusalText message, Exception? cause = null) => With(RefusalKind.Unavailable, code, message, cause);

    private static RefusedException With(RefusalKind kind, string code, RefusalText message, Exception? cause = null) =>
        new(kind, code, message.ToString(), cause) { Values = message.Values };
}
