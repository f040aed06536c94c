using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Everything a verifier reaches out through. Before a signature holds only <paramref name="Dids"/> is asked, and only for the
/// identifier of the credential's own issuer; <paramref name="FetchStatusList"/> is asked after it.
/// </summary>
public sealed record VerifierPorts(IDidResolver Dids, Fetch FetchStatusList, TrustList Trust, TimeProvider Clock)
{
    /// <summary>Larger inputs are refused unread. An image may be this large as well.</summary>
    public int MaxInputBytes { get; init; } = 1024 * 1024;
}
