using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>The suites by declaration. One with selective disclosure (ecdsa-sd-2023) would need other steps, not another row.</summary>
public static class Cryptosuites
{
    /// <summary>VC EdDSA Cryptosuites 1.0 (REC 2025-05-15) 3.2: what Open Badges certification asks for.</summary>
    public static readonly Cryptosuite EddsaRdfc2022 = new("eddsa-rdfc-2022", CanonicalForm.Rdf, SignatureAlgorithm.EdDSA);

    /// <summary>VC EdDSA Cryptosuites 1.0 3.3.</summary>
    public static readonly Cryptosuite EddsaJcs2022 = new("eddsa-jcs-2022", CanonicalForm.Json, SignatureAlgorithm.EdDSA);

    /// <summary>VC ECDSA Cryptosuites 1.0 (REC 2025-05-15) 3.2; the key's curve chooses the hash.</summary>
    public static readonly Cryptosuite EcdsaRdfc2019 = new("ecdsa-rdfc-2019", CanonicalForm.Rdf, SignatureAlgorithm.ES256, SignatureAlgorithm.ES384);

    /// <summary>VC ECDSA Cryptosuites 1.0 3.3.</summary>
    public static readonly Cryptosuite EcdsaJcs2019 = new("ecdsa-jcs-2019", CanonicalForm.Json, SignatureAlgorithm.ES256, SignatureAlgorithm.ES384);

    /// <summary>VC EdDSA Cryptosuites 1.0 3.1: older credentials carry it; nothing new is signed with it.</summary>
    public static readonly Cryptosuite Ed25519Signature2020 =
        new("", CanonicalForm.Rdf, SignatureAlgorithm.EdDSA) { ProofType = "Ed25519Signature2020", IsVerifyOnly = true };

    public static IReadOnlyList<Cryptosuite> All { get; } = [EddsaRdfc2022, EddsaJcs2022, EcdsaRdfc2019, EcdsaJcs2019, Ed25519Signature2020];

    /// <summary>The suite of a proof's <c>type</c> and <c>cryptosuite</c>, compared exactly; null when there is none.</summary>
    public static Cryptosuite? Find(string? proofType, string? name)
    {
        foreach (var suite in All)
        {
            if (suite.ProofType == proofType && suite.Name == (name ?? ""))
            {
                return suite;
            }
        }

        return null;
    }
}
