using System.Text.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>What a token says about itself. Other parameters are ignored; those that would change how to verify are refused.</summary>
/// <param name="Algorithm">What <c>alg</c> claims; only ever compared with the key's own algorithm.</param>
/// <param name="KeyId">What <c>kid</c> claims; only ever looked up among the issuer's own keys.</param>
public sealed record VcJwtHeader(SignatureAlgorithm Algorithm, string? KeyId, VcJwtProfile Profile)
{
    /// <summary>
    /// The key in <c>jwk</c>, with which Open Badges lets an issuer announce its key. It verifies nothing: it is compared with the
    /// keys that the issuer publishes, and contradicts the token when it is none of them.
    /// </summary>
    public PublicKey? AnnouncedKey { get; init; }

    /// <summary>Reads the decoded header.</summary>
    /// <exception cref="MalformedException">
    /// <c>jwt.header-malformed</c>, <c>jwt.alg-none</c>, <c>jwt.alg-refused</c>, <c>jwt.crit</c>, <c>jwt.b64</c>, <c>jwt.encrypted</c>,
    /// <c>jwt.typ</c>, <c>jwt.cty</c>, <c>jwt.jwk</c>, or the codes of <see cref="StrictJson.Parse"/>.
    /// </exception>
    public static VcJwtHeader Read(ReadOnlyMemory<byte> header)
    {
        using var document = StrictJson.ParseObject(header);
        var root = document.RootElement;
        RefuseExtensions(root);
        var algorithm = ReadAlgorithm(root);
        var profile = Text(root, "typ") switch
        {
            null or "JWT" => VcJwtProfile.OpenBadges,
            "vc+jwt" => VcJwtProfile.VcJose,
            "vp+jwt" => VcJwtProfile.VpJose,
            _ => throw new MalformedException("jwt.typ", "The token's type is none of JWT, vc+jwt and vp+jwt: it is not a credential."),
        };
        if (Text(root, "cty") is { } contentType && (profile, contentType) is not ((VcJwtProfile.VcJose, "vc") or (VcJwtProfile.VpJose, "vp") or (VcJwtProfile.OpenBadges, "JWT")))
        {
            throw new MalformedException("jwt.cty", "The token's content type is not that of a credential.");
        }

        return new VcJwtHeader(algorithm, Text(root, "kid"), profile) { AnnouncedKey = ReadAnnouncedKey(root) };
    }

    internal static void Write(ISigner signer, VcJwtProfile profile, ref PooledBytes output)
    {
        output.Add("{\"alg\":\""u8);
        output.AddAscii(signer.Algorithm.JoseName());
        output.Add("\",\"kid\":\""u8);
        output.Add(JsonEncodedText.Encode(signer.VerificationMethod).EncodedUtf8Bytes);
        output.Add(profile switch
        {
            VcJwtProfile.VcJose => "\",\"typ\":\"vc+jwt\",\"cty\":\"vc\"}"u8,
            VcJwtProfile.VpJose => "\",\"typ\":\"vp+jwt\",\"cty\":\"vp\"}"u8,
            _ => "\",\"typ\":\"JWT\"}"u8,
        });
    }

    private static void RefuseExtensions(JsonElement root)
    {
        if (root.TryGetProperty("crit", out _))
        {
            throw new MalformedException("jwt.crit", "The token demands extensions of its header to be understood; none is supported.");
        }

        if (root.TryGetProperty("b64", out _))
        {
            throw new MalformedException("jwt.b64", "The token changes how its payload is encoded (b64), which is not supported.");
        }

        if (root.TryGetProperty("enc", out _) || root.TryGetProperty("zip", out _))
        {
            throw new MalformedException("jwt.encrypted", "The header is that of an encrypted or compressed token.");
        }
    }

    private static PublicKey? ReadAnnouncedKey(JsonElement root)
    {
        try
        {
            return root.TryGetProperty("jwk", out var key) ? PublicKey.FromJwk(key) : null;
        }
        catch (MalformedException fault)
        {
            throw new MalformedException("jwt.jwk", "The token's header carries a private key, or something that is no public key.", fault);
        }
    }

    private static SignatureAlgorithm ReadAlgorithm(JsonElement root)
    {
        var name = Text(root, "alg") ?? throw new MalformedException("jwt.header-malformed", "The token does not name its algorithm.");
        if (SignatureAlgorithmNames.FromJoseName(name) is { } algorithm)
        {
            return algorithm;
        }

        throw string.Equals(name, "none", StringComparison.OrdinalIgnoreCase)
            ? new MalformedException("jwt.alg-none", "The token says that it is not signed.")
            : new MalformedException("jwt.alg-refused", "The token's algorithm is not one of RS256, ES256, ES384 and EdDSA.");
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : throw new MalformedException("jwt.header-malformed", $"The header parameter {name} is not text.");
    }
}
