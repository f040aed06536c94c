namespace SkillBadges.Credentials.Keys;

/// <summary>
/// The signature algorithms that credentials in the field use. A key has exactly one: what a token's header says about its
/// algorithm is compared with the key, and never chooses anything.
/// </summary>
public enum SignatureAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, modulus of at least 2048 bits.</summary>
    RS256,

    /// <summary>ECDSA over P-256 with SHA-256, signature r||s of 64 bytes.</summary>
    ES256,

    /// <summary>ECDSA over P-384 with SHA-384, signature r||s of 96 bytes.</summary>
    ES384,

    /// <summary>Ed25519 over the message itself (RFC 8032), signature of 64 bytes.</summary>
    EdDSA,
}

/// <summary>The JOSE names (RFC 7518 3.1, RFC 8037 3.1), compared case-sensitively.</summary>
public static class SignatureAlgorithmNames
{
    public static string JoseName(this SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RS256 => "RS256",
        SignatureAlgorithm.ES256 => "ES256",
        SignatureAlgorithm.ES384 => "ES384",
        SignatureAlgorithm.EdDSA => "EdDSA",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>The algorithm of a JOSE name; null for every other text, <c>none</c> and HMAC names included.</summary>
    public static SignatureAlgorithm? FromJoseName(string? name) => name switch
    {
        "RS256" => SignatureAlgorithm.RS256,
        "ES256" => SignatureAlgorithm.ES256,
        "ES384" => SignatureAlgorithm.ES384,
        // RFC 9864 (2025-10) names the curve in the algorithm; both names mean the same signature for an Ed25519 key.
        "EdDSA" or "Ed25519" => SignatureAlgorithm.EdDSA,
        _ => null,
    };
}
