using System.Text;

namespace SkillBadges.Core.Issuing.Presentations;

/// <summary>
/// A question to whoever holds a credential: sign this, for this audience, now (threat T24). Kept by the hash of what was asked, and until it expires
/// also after its use, so that a second use is told from one that never was.
/// </summary>
/// <param name="Id">See <see cref="IdOf"/>.</param>
/// <param name="Domain">Whom the answer has to be for.</param>
public sealed record PresentationChallenge(string Id, string Domain, DateTimeOffset ExpiresAt)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Characters of a domain.</summary>
    public const int LongestDomain = 200;

    public DateTimeOffset? UsedAt { get; init; }

    public static string IdOf(string challenge) => Sha256Digest.Of(Encoding.UTF8.GetBytes(challenge)).Hex;

    /// <exception cref="RefusedException"><c>presentation-challenge.expired</c> or <c>presentation-challenge.used</c>.</exception>
    public PresentationChallenge Use(DateTimeOffset now)
    {
        if (UsedAt is not null)
        {
            throw Refused.Conflict("presentation-challenge.used", "This question was answered before. Please ask anew; an answer counts once.");
        }

        return now < ExpiresAt ? this with { UsedAt = now } : throw Refused.Gone("presentation-challenge.expired", "The answer came too late. Please ask anew.");
    }
}
