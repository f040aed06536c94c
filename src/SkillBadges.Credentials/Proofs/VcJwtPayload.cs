using System.Globalization;
using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.Proofs;

/// <summary>The payload of a VC-JWT: the credential's own bytes, in the Open Badges profile with the registered claims put first.</summary>
public static class VcJwtPayload
{
    private static readonly string[] ReservedNames = ["iss", "jti", "sub", "nbf", "exp", "iat", "aud", "vc", "vp"];

    /// <summary>The payload bytes for a credential, a JSON object in UTF-8.</summary>
    /// <exception cref="MalformedException">
    /// <c>jwt.reserved-member</c> when the credential has a member that is named like a claim, <c>jwt.no-issuer</c>,
    /// <c>jwt.no-valid-from</c>, or <c>json.*</c> when it is no strict JSON.
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
        var tape = TokenTape.Take();
        tape.ReadObject(credential.Span, StrictJson.MaxDepth);

        // In a presentation aud and nonce are for whoever presents to set.
        if (profile != VcJwtProfile.VpJose)
        {
            RefuseClaims(tape);
        }

        if (profile == VcJwtProfile.OpenBadges)
        {
            WriteClaims(credential.Span, new TapeValue(tape, 0), ref output);
            output.Add((byte)',');
            output.Add(credential.Span[(tape.SourceStart(0) + 1)..]);
        }
        else
        {
            output.Add(credential.Span);
        }

        tape.GiveBack();
    }

    private static void RefuseClaims(TokenTape tape)
    {
        foreach (var member in new TapeValue(tape, 0).Members)
        {
            if (member.Name.Length is 2 or 3 && Array.IndexOf(ReservedNames, Encoding.UTF8.GetString(member.Name)) is >= 0 and var found)
            {
                throw new MalformedException("jwt.reserved-member", $"The credential has a member {ReservedNames[found]}, which in a token is a claim.");
            }
        }
    }

    /// <summary>An object that is left open for the credential's own members. Claims repeat members as they are written there.</summary>
    private static void WriteClaims(ReadOnlySpan<byte> source, TapeValue credential, ref PooledBytes output)
    {
        output.Add("{"u8);
        if (!AddText(source, "\"iss\":"u8, TapeCredential.IssuerId(credential), ref output))
        {
            throw new MalformedException("jwt.no-issuer", "The credential names no issuer.");
        }

        AddText(source, ",\"jti\":"u8, credential.Find("id"u8), ref output);
        AddText(source, ",\"sub\":"u8, TapeCredential.SubjectId(credential), ref output);
        if (!AddInstant(",\"nbf\":"u8, credential.Find("validFrom"u8), ref output))
        {
            throw new MalformedException("jwt.no-valid-from", "The credential does not say from when it is valid.");
        }

        AddInstant(",\"exp\":"u8, credential.Find("validUntil"u8), ref output);
    }

    private static bool AddText(ReadOnlySpan<byte> source, ReadOnlySpan<byte> claim, TapeValue text, ref PooledBytes output)
    {
        if (!text.IsString)
        {
            return false;
        }

        output.Add(claim);
        output.Add(source[text.Tape.Source(text.Token)]);
        return true;
    }

    private static bool AddInstant(ReadOnlySpan<byte> claim, TapeValue text, ref PooledBytes output)
    {
        if (!text.IsString || !DateTimeStamp.TryParse(text.Text, out var instant))
        {
            return false;
        }

        Span<byte> seconds = stackalloc byte[20];
        instant.ToUnixTimeSeconds().TryFormat(seconds, out var length, default, CultureInfo.InvariantCulture);
        output.Add(claim);
        output.Add(seconds[..length]);
        return true;
    }
}
