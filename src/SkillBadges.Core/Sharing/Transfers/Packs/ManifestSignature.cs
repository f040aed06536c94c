using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Core.Sharing.Transfers.Packs;

/// <summary>
/// The manifest as a compact JWS (RFC 7515, 2015-05) with a type of its own, so that no credential passes for a manifest and no manifest for a credential.
/// </summary>
public static class ManifestSignature
{
    private const string Type = "skillbadges-manifest+json";

    public static async Task<string> SignAsync(ReadOnlyMemory<byte> manifest, SigningKeys keys, CancellationToken cancellationToken)
    {
        var key = keys.For(SignatureAlgorithm.ES256);
        var header = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["alg"] = SignatureAlgorithm.ES256.JoseName(), ["kid"] = key.KeyId, ["typ"] = Type });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(manifest.Span)}";
        return $"{signed}.{Base64Url.EncodeToString(await key.Signer.SignAsync(Encoding.ASCII.GetBytes(signed), cancellationToken))}";
    }

    /// <summary>The manifest that was signed, by a key that the document has for assertions; null when that does not hold.</summary>
    public static byte[]? Verify(ReadOnlySpan<byte> jws, DidDocument issuer)
    {
        try
        {
            if (Encoding.ASCII.GetString(jws).Split('.') is not [var header, var payload, var signature])
            {
                return null;
            }

            using var fields = StrictJson.ParseObject(Base64Url.DecodeFromChars(header));
            string? Field(string name) => fields.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var key = issuer.ForAssertion.FirstOrDefault(method => method.Id == Field("kid"))?.Key;
            return Field("typ") == Type && !fields.RootElement.TryGetProperty("crit", out _) && key is not null && Field("alg") == key.Algorithm.JoseName()
                && key.Verify(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature))
                    ? Base64Url.DecodeFromChars(payload)
                    : null;
        }
        catch (Exception e) when (e is FormatException or MalformedException)
        {
            return null;
        }
    }
}
