namespace SkillBadges.Credentials.Proofs;

/// <summary>What a new proof is to say beside its signature; the verification method is the signer's.</summary>
public sealed record ProofOptions(Cryptosuite Suite)
{
    public string ProofPurpose { get; init; } = "assertionMethod";

    /// <summary>An absolute URL such as <c>urn:uuid:...</c>, needed when a later proof is to build on this one.</summary>
    public string? Id { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public IReadOnlyList<string> Domain { get; init; } = [];

    public string? Challenge { get; init; }

    /// <summary>Ids of proofs of the document that this one is to cover: a proof chain.</summary>
    public IReadOnlyList<string> PreviousProof { get; init; } = [];
}
