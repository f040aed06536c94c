namespace SkillBadges.Credentials.Proofs;

/// <summary>What a verifier asks of a proof beyond its signature.</summary>
/// <param name="Now">The instant at which <c>expires</c> is judged.</param>
public sealed record ProofExpectations(DateTimeOffset Now)
{
    public string ProofPurpose { get; init; } = "assertionMethod";

    /// <summary>If given, the proof must name it as a domain.</summary>
    public string? Domain { get; init; }

    /// <summary>If given, the proof must carry the very same challenge.</summary>
    public string? Challenge { get; init; }
}
