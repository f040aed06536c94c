namespace SkillBadges.Credentials;

/// <summary>How a fetch ended.</summary>
public enum FetchStatus
{
    Found,

    /// <summary>The host answered that there is no such thing.</summary>
    NotFound,

    /// <summary>No answer, too slow, too large, or a server in trouble: trying again may help.</summary>
    Unreachable,

    /// <summary>Our own policy does not let us ask there.</summary>
    NotAllowed,
}

/// <summary>What a fetch brought. <see cref="Bytes"/> is empty unless <see cref="Status"/> is Found.</summary>
public sealed record Fetched(FetchStatus Status, ReadOnlyMemory<byte> Bytes)
{
    public static readonly Fetched NotFound = new(FetchStatus.NotFound, default);

    public static readonly Fetched Unreachable = new(FetchStatus.Unreachable, default);

    public static readonly Fetched NotAllowed = new(FetchStatus.NotAllowed, default);

    public static Fetched Found(ReadOnlyMemory<byte> bytes) => new(FetchStatus.Found, bytes);
}

/// <summary>
/// The only way in which the engine reaches out: handed in, so that whoever runs it decides where to and how long. It answers
/// with a status where it can, and throws only when cancelled.
/// </summary>
public delegate ValueTask<Fetched> Fetch(Uri url, CancellationToken cancellationToken);
