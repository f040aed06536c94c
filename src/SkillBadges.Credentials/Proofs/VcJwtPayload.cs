using System.Buffers;
using System.Text.Json;

namespace SkillBadges.Credentials.Proofs;

/// <summary>The payload of a VC-JWT: the credential's own bytes, in the Open Badges profile with the registered claims put first.</summary>
public static class VcJwtPayload
{
    private static readonly string[] ReservedNames = ["iss", "jti", "sub", "nbf", "exp", "iat", "aud", "vc", "vp"];

    /// <summary>The payload bytes for a credential, a JSON object in UTF-8.</summary>
    /// <exception cref="MalformedException">
    /// <c>jwt.reserved-member</c> when the credential has a member that is named like a claim, <c>jwt.no-issuer</c>,
    /// <c>jwt.no-valid-from</c>, or the codes of <see cref="StrictJson.Parse"/>.
    /// </exception>
    public static byte[] Write(ReadOnlyMemory<byte> credential, VcJwtProfile profile)
    {
        using var document = StrictJson.ParseObject(credential);
        var root = document.RootElement;
        if (profile == VcJwtProfile.VpJose)
        {
            // Here aud and nonce are for whoever presents to set.
            return credential.ToArray();
        }

        if (ReservedNames.FirstOrDefault(name => root.TryGetProperty(name, out _)) is { } taken)
        {
            throw new MalformedException("jwt.reserved-member", $"The credential has a member {taken}, which in a token is a claim.");
        }

        return profile == VcJwtProfile.VcJose ? credential.ToArray() : WriteWithClaims(credential.Span, root);
    }

    private static byte[] WriteWithClaims(ReadOnlySpan<byte> credential, JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>(credential.Length + 512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("iss", CredentialMembers.IssuerId(root) ?? throw new MalformedException("jwt.no-issuer", "The credential names no issuer."));
            WriteIfPresent(writer, "jti", CredentialMembers.Text(root, "id"));
            WriteIfPresent(writer, "sub", CredentialMembers.SubjectId(root));
            writer.WriteNumber("nbf", CredentialMembers.Instant(root, "validFrom")?.ToUnixTimeSeconds()
                ?? throw new MalformedException("jwt.no-valid-from", "The credential does not say from when it is valid."));
            if (CredentialMembers.Instant(root, "validUntil") is { } validUntil)
            {
                writer.WriteNumber("exp", validUntil.ToUnixTimeSeconds());
            }
        }

        // The claims' object is left open; the credential's bytes follow from after its own opening brace.
        buffer.Write(","u8);
        buffer.Write(credential[(credential.IndexOf((byte)'{') + 1)..]);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
