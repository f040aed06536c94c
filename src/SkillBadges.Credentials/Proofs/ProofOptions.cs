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

/// <summary>What came of one proof: it holds when <see cref="Fault"/> is null.</summary>
public sealed record ProofOutcome(DataIntegrityProof Proof, ProofFault? Fault)
{
    public bool Holds => Fault is null;
}
