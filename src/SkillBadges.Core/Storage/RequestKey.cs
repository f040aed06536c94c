using System.Text;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Storage;

/// <summary>
/// What makes a repeated request the same one: who asked, what for, the client's <c>Idempotency-Key</c> (1 to 255
/// characters) and the hash of the body.
/// </summary>
public sealed record RequestKey(string Actor, string Route, string Key, Sha256Digest BodyHash)
{
    /// <summary>Refuses to repeat the answer to a request of that instant, because whoever asks may not see it any more; null where that cannot be.</summary>
    public Func<DateTimeOffset, CancellationToken, Task>? RequireStill { get; init; }

    /// <summary>Ids of records hold no client text.</summary>
    public string RecordId => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{Actor}\n{Route}\n{Key}")).Hex;
}

/// <summary>Part of the effect's own commit: who repeats the request is answered with the same result.</summary>
public sealed record RequestRecord(string Id, Sha256Digest BodyHash, string ResultId, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    [JsonIgnore]
    public DateTimeOffset MadeAt => ExpiresAt - Lifetime;
}

public static class RequestDocuments
{
    public static readonly AccessPath<RequestRecord> ByExpiry = new AccessPath<RequestRecord>("expiry").OrderBy("expires", record => record.ExpiresAt);

    public static readonly DocumentKind<RequestRecord> Kind = new("request", record => record.Id) { Paths = [ByExpiry] };
}
