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
        var output = new PooledBytes(credential.Length + 512);
        try
        {
            Write(credential, profile, ref output);
            return output.Written.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <inheritdoc cref="Write(ReadOnlyMemory{byte}, VcJwtProfile)"/>
    internal static void Write(ReadOnlyMemory<byte> credential, VcJwtProfile profile, ref PooledBytes output)
    {
        using var document = StrictJson.ParseObject(credential);
        var root = document.RootElement;
        if (profile == VcJwtProfile.VpJose)
        {
            // Here aud and nonce are for whoever presents to set.
            output.Add(credential.Span);
            return;
        }

        foreach (var name in ReservedNames)
        {
            if (root.TryGetProperty(name, out _))
            {
                throw new MalformedException("jwt.reserved-member", $"The credential has a member {name}, which in a token is a claim.");
            }
        }

        if (profile == VcJwtProfile.OpenBadges)
        {
            // The claims' object is left open; the credential's bytes follow from after its own opening brace.
            output.Add(Claims(root));
            output.Add((byte)',');
            output.Add(credential.Span[(credential.Span.IndexOf((byte)'{') + 1)..]);
        }
        else
        {
            output.Add(credential.Span);
        }
    }

    private static ReadOnlySpan<byte> Claims(JsonElement root)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
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

        return buffer.WrittenSpan;
    }

    private static void WriteIfPresent(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
