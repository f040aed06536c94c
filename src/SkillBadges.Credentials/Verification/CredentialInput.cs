using System.Text.Json;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// What the bytes turned out to be: a token, or JSON. An envelope (VC Data Model 2.0, REC 2025-05-15, 4.13) has been opened.
/// </summary>
internal sealed class CredentialInput : IDisposable
{
    private const string Envelope = "EnvelopedVerifiableCredential";
    private const string EnvelopePrefix = "data:application/vc+jwt,";

    private readonly JsonDocument? document;

    private CredentialInput(CredentialFormat format, VcJwt? token, JsonDocument? document, ReadOnlyMemory<byte> json)
    {
        Format = format;
        Token = token;
        this.document = document;
        Json = json;
    }

    internal CredentialFormat Format { get; }

    /// <summary>Set for a token, also out of an envelope.</summary>
    internal VcJwt? Token { get; }

    /// <summary>The bytes of <see cref="Credential"/> when it is JSON.</summary>
    internal ReadOnlyMemory<byte> Json { get; }

    /// <summary>The credential's members, whatever form it came in.</summary>
    internal JsonElement Credential => Token?.Payload ?? document!.RootElement;

    /// <exception cref="MalformedException">
    /// <c>format-unknown</c>, <c>envelope-malformed</c>, or the codes of <see cref="VcJwt.Parse"/> and <see cref="StrictJson.Parse"/>.
    /// </exception>
    internal static CredentialInput Read(ReadOnlyMemory<byte> bytes)
    {
        // Files end in line breaks; within the credential nothing is trimmed.
        var start = bytes.Span.IndexOfAnyExcept(" \t\r\n"u8);
        bytes = start < 0 ? default : bytes[start..(bytes.Span.LastIndexOfAnyExcept(" \t\r\n"u8) + 1)];
        return bytes.Span switch
        {
            [(byte)'{', ..] => ReadJson(bytes),
            [(byte)'e', (byte)'y', ..] => new CredentialInput(CredentialFormat.Jwt, VcJwt.Parse(bytes.Span), null, default),
            _ => throw new MalformedException("format-unknown", "This is no form in which credentials come: JSON, a signed token, or a badge image."),
        };
    }

    public void Dispose()
    {
        Token?.Dispose();
        document?.Dispose();
    }

    private static CredentialInput ReadJson(ReadOnlyMemory<byte> bytes)
    {
        var document = StrictJson.ParseObject(bytes);
        if (!CredentialMembers.HasType(document.RootElement, Envelope))
        {
            return new CredentialInput(CredentialFormat.Json, null, document, bytes);
        }

        using (document)
        {
            var id = CredentialMembers.Text(document.RootElement, "id");
            return id is not null && id.StartsWith(EnvelopePrefix, StringComparison.Ordinal)
                ? new CredentialInput(CredentialFormat.Enveloped, VcJwt.Parse(System.Text.Encoding.UTF8.GetBytes(id[EnvelopePrefix.Length..])), null, default)
                : throw new MalformedException("envelope-malformed", "The envelope holds no signed token.");
        }
    }
}
