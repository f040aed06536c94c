using System.Security.Cryptography;
using SkillBadges.Credentials.JsonLd;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>
/// A Data Integrity cryptosuite: the steps that all share. Transform document and proof options into canonical form, hash
/// both, join the hashes, sign. What suites differ in is declared in <see cref="Cryptosuites"/>.
/// </summary>
public sealed class Cryptosuite
{
    /// <summary>Bytes of the longest hash data: two SHA-384 hashes.</summary>
    internal const int MaxHashData = 2 * SHA384.HashSizeInBytes;

    private readonly SignatureAlgorithm[] algorithms;

    internal Cryptosuite(string name, CanonicalForm form, params SignatureAlgorithm[] algorithms)
    {
        Name = name;
        Form = form;
        this.algorithms = algorithms;
    }

    /// <summary>The value of <c>cryptosuite</c>; empty for a proof type of its own.</summary>
    public string Name { get; }

    public CanonicalForm Form { get; }

    /// <summary>The value of <c>type</c>.</summary>
    public string ProofType { get; internal init; } = "DataIntegrityProof";

    /// <summary>Proofs of this suite are checked but no longer made.</summary>
    public bool IsVerifyOnly { get; internal init; }

    /// <summary>Whether the suite signs with keys of this algorithm.</summary>
    public bool SignsWith(SignatureAlgorithm algorithm) => Array.IndexOf(algorithms, algorithm) >= 0;

    public override string ToString() => Name.Length > 0 ? Name : ProofType;

    /// <summary>
    /// What is signed: the hash of the canonical proof options, then that of the canonical document (VC-DI-EDDSA and
    /// VC-DI-ECDSA 1.0, REC 2025-05-15, 3.2.4). P-384 keys take SHA-384 throughout, all others SHA-256.
    /// </summary>
    /// <returns>Bytes written: 64 or 96.</returns>
    /// <exception cref="MalformedException">Document or options have no canonical form.</exception>
    internal int WriteHashData(CanonicalDocument canonicalDocument, in DocumentPart unsecured, in DocumentPart options, SignatureAlgorithm algorithm, Span<byte> hashData)
    {
        var half = WriteHash(canonicalDocument, options, algorithm, hashData);
        return half + WriteHash(canonicalDocument, unsecured, algorithm, hashData[half..]);
    }

    /// <summary>One half of the hash data.</summary>
    /// <returns>Bytes written: 32 or 48.</returns>
    /// <inheritdoc cref="WriteHashData"/>
    internal int WriteHash(CanonicalDocument canonicalDocument, in DocumentPart document, SignatureAlgorithm algorithm, Span<byte> digest) =>
        canonicalDocument.Hash(document, Form, HashFor(algorithm), digest);

    internal static HashAlgorithmName HashFor(SignatureAlgorithm algorithm) =>
        algorithm == SignatureAlgorithm.ES384 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
}
