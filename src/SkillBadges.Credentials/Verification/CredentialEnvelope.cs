using System.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// A JSON object around a token (VC Data Model 2.0, REC 2025-05-15, 4.13.1 and 4.13.2): the base context, one type, and as <c>id</c> a data URL
/// (RFC 2397). Nothing else may stand in it, for it is signed by nobody and readers would show it beside what is.
/// </summary>
internal static class CredentialEnvelope
{
    internal const string Malformed = "envelope-malformed";
    internal const string Unsupported = "envelope-unsupported";

    private const string OfCredential = "EnvelopedVerifiableCredential";
    private const string OfPresentation = "EnvelopedVerifiablePresentation";
    private const string BaseContext = "https://www.w3.org/ns/credentials/v2";

    private static readonly string[] members = ["@context", "id", "type"];

    /// <summary>True when the object says that it is an envelope; whether it is a proper one shows when it is opened.</summary>
    internal static bool Is(JsonElement document) =>
        CredentialMembers.HasType(document, OfCredential) || CredentialMembers.HasType(document, OfPresentation);

    /// <summary>The token inside.</summary>
    /// <exception cref="MalformedException"><c>envelope-malformed</c>; <c>envelope-unsupported</c>: what is inside is secured in a way that is not supported here.</exception>
    internal static (byte[] Token, bool IsPresentation) Open(JsonElement envelope)
    {
        var types = CredentialMembers.Values(envelope, "type").ToList();
        if (types.Count != 1 || envelope.EnumerateObject().Any(member => !members.Contains(member.Name)))
        {
            throw Fault("it says more than an envelope does");
        }

        if (CredentialMembers.Values(envelope, "@context").FirstOrDefault() is not { ValueKind: JsonValueKind.String } context || !context.ValueEquals(BaseContext))
        {
            throw Fault("its first context is not that of verifiable credentials");
        }

        var url = CredentialMembers.Text(envelope, "id") ?? throw Fault("it has no id");
        var isPresentation = types[0].ValueEquals(OfPresentation);
        return (Read(url, isPresentation ? "application/vp+jwt" : "application/vc+jwt"), isPresentation);
    }

    /// <summary>RFC 2397: <c>data:</c>, a media type with parameters, <c>;base64</c> if need be, a comma, and the data in the characters of a URL.</summary>
    private static byte[] Read(string url, string mediaType)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || comma < 0)
        {
            throw Fault("its id is no data URL");
        }

        var head = url[5..comma].Split(';');
        var isBase64 = head.Length > 1 && head[^1].Equals("base64", StringComparison.OrdinalIgnoreCase);
        if (head[1..(isBase64 ? ^1 : ^0)].Any(parameter => !IsParameter(parameter)))
        {
            throw Fault("the media type of its data URL is malformed");
        }

        // What kind of token it is, and for what, the token's own header says.
        if (!head[0].Equals(mediaType, StringComparison.OrdinalIgnoreCase) && !head[0].Equals("application/jwt", StringComparison.OrdinalIgnoreCase))
        {
            throw head[0].StartsWith("application/", StringComparison.OrdinalIgnoreCase)
                ? new MalformedException(Unsupported, $"The envelope holds {head[0]}, which is not supported here; what is inside was not looked at.")
                : Fault("its data URL holds no token");
        }

        var data = Decoded(url.AsSpan(comma + 1)) ?? throw Fault("its data URL has characters that a URL does not have");
        return isBase64 ? FromBase64(data) ?? throw Fault("its data URL is not base64") : data;
    }

    private static bool IsParameter(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && text.Length > equals + 1 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$&-^_.+=%".Contains(c, StringComparison.Ordinal));
    }

    /// <summary>Percent signs resolved; null when a character is there that has to be escaped, such as <c>#</c>, which would end the data.</summary>
    private static byte[]? Decoded(ReadOnlySpan<char> text)
    {
        var output = new byte[text.Length];
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '%')
            {
                if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
                {
                    return null;
                }

                output[length++] = Convert.FromHexString(text.Slice(at + 1, 2))[0];
                at += 2;
            }
            else if (char.IsAsciiLetterOrDigit(text[at]) || "-_.~+/=".Contains(text[at], StringComparison.Ordinal))
            {
                output[length++] = (byte)text[at];
            }
            else
            {
                return null;
            }
        }

        return output[..length];
    }

    /// <summary>Base64 as it is written: padded, nothing between, no bits left over.</summary>
    private static byte[]? FromBase64(byte[] data)
    {
        var text = Encoding.Latin1.GetString(data);
        var bytes = new byte[data.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes.AsSpan(0, length)) == text ? bytes[..length] : null;
    }

    private static MalformedException Fault(string why) => new(Malformed, $"The envelope cannot be opened: {why}.");
}
