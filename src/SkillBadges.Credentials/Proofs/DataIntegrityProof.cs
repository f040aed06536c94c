namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// One proof as a document states it (VC Data Integrity 1.0, REC 2025-05-15, 2.1). Nothing here is believed before
/// <see cref="DataIntegrity.Verify"/> says that the proof holds.
/// </summary>
public sealed record DataIntegrityProof
{
    /// <summary>The place among the document's proofs, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What is wrong with the proof's own members; null when they are well-formed.</summary>
    public ProofFault? Fault { get; init; }

    /// <summary>Null when the type or the cryptosuite is none that is known.</summary>
    public Cryptosuite? Suite { get; init; }

    public string? Id { get; init; }

    /// <summary>An absolute URL, most often a DID URL; null only with a <see cref="Fault"/>.</summary>
    public string? VerificationMethod { get; init; }

    public string? ProofPurpose { get; init; }

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public IReadOnlyList<string> Domain { get; init; } = [];

    public string? Challenge { get; init; }

    /// <summary>The ids of the proofs that this one was made after, and covers.</summary>
    public IReadOnlyList<string> PreviousProof { get; init; } = [];

    /// <summary>The signature's bytes; empty only with a <see cref="Fault"/>.</summary>
    public ReadOnlyMemory<byte> Signature { get; init; }
}
