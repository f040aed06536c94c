using System.Text.Json;

namespace SkillBadges.Credentials.Keys;

/// <summary>Reads public JWKs: RSA and EC of RFC 7518 6, OKP of RFC 8037 2. Each number must have its one canonical text.</summary>
internal static class JwkFormat
{
    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    internal static PublicKey Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedException("key.malformed", "A JWK is a JSON object.");
        }

        if (PrivateMembers.Any(name => jwk.TryGetProperty(name, out _)))
        {
            throw new MalformedException("key.private", "The JWK shows private parts: whoever published it can no longer be told apart from others.");
        }

        var key = Text(jwk, "kty") switch
        {
            "RSA" => new RsaPublicKey(Bytes(jwk, "n"), Bytes(jwk, "e")),
            "EC" when Text(jwk, "crv") == "P-256" => EcPublicKey.Of(EcCurve.P256, Bytes(jwk, "x"), Bytes(jwk, "y")),
            "EC" when Text(jwk, "crv") == "P-384" => EcPublicKey.Of(EcCurve.P384, Bytes(jwk, "x"), Bytes(jwk, "y")),
            "OKP" when Text(jwk, "crv") == "Ed25519" => (PublicKey)new Ed25519PublicKey(Bytes(jwk, "x")),
            _ => throw new MalformedException("key.unsupported", "The JWK is of a kind that is not supported."),
        };
        RequirePurpose(jwk, key);
        return key;
    }

    private static void RequirePurpose(JsonElement jwk, PublicKey key)
    {
        if (jwk.TryGetProperty("use", out var use) && !(use.ValueKind == JsonValueKind.String && use.ValueEquals("sig")))
        {
            throw new MalformedException("key.wrong-purpose", "The JWK is not for signatures.");
        }

        if (jwk.TryGetProperty("key_ops", out var operations)
            && !(operations.ValueKind == JsonValueKind.Array
                && operations.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.ValueEquals("verify"))))
        {
            throw new MalformedException("key.wrong-purpose", "The JWK is not for verifying signatures.");
        }

        if (jwk.TryGetProperty("alg", out _) && SignatureAlgorithmNames.FromJoseName(Text(jwk, "alg")) != key.Algorithm)
        {
            throw new MalformedException("key.wrong-purpose", "The JWK names an algorithm that is not the one of its key.");
        }
    }

    private static string Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new MalformedException("key.malformed", $"The JWK has no text member {name}.");

    private static byte[] Bytes(JsonElement jwk, string name) =>
        StrictBase64Url.Decode(Text(jwk, name))
        ?? throw new MalformedException("key.malformed", $"The JWK member {name} is not canonical base64url.");
}
