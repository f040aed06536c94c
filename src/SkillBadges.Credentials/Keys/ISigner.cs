namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Something that signs with one key: a key in memory (<see cref="LocalSigner"/>), or a signing process or device kept apart.
/// </summary>
public interface ISigner
{
    SignatureAlgorithm Algorithm { get; }

    /// <summary>The absolute DID URL of the verification method, such as <c>did:web:school.example#z6Mk...</c>; used as <c>kid</c>.</summary>
    string VerificationMethod { get; }

    /// <summary>The signature over <paramref name="data"/> itself (hashing is part of the algorithm); ECDSA as r||s.</summary>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
