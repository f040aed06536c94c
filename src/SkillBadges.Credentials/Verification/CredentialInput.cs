using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// What the bytes turned out to be: a token, or JSON with its proofs. An envelope (VC Data Model 2.0, REC 2025-05-15, 4.13) has
/// been opened, and what is baked into an image taken out.
/// </summary>
internal sealed class CredentialInput : IDisposable
{
    private readonly JsonDocument? document;

    private CredentialInput(CredentialFormat format, VcJwt token)
    {
        Format = format;
        Token = token;
    }

    private CredentialInput(CredentialFormat format, JsonDocument document, SecuredDocument secured)
    {
        Format = format;
        this.document = document;
        Secured = secured;
    }

    internal CredentialFormat Format { get; }

    /// <summary>Set for a token, also out of an envelope.</summary>
    internal VcJwt? Token { get; }

    /// <summary>Set for JSON: the same bytes, with the places of its proofs.</summary>
    internal SecuredDocument? Secured { get; }

    /// <summary>The credential's members, whatever form it came in.</summary>
    internal JsonElement Credential => Token?.Payload ?? document!.RootElement;

    /// <summary>The same as it was read.</summary>
    internal TokenTape Tape => Token?.Tape ?? Secured!.Tape;

    internal bool IsPresentation => CredentialMembers.HasType(Credential, "VerifiablePresentation");

    /// <exception cref="MalformedException">
    /// <c>too-large</c>, <c>format-unknown</c>, those of <see cref="CredentialEnvelope.Open"/>, <c>jwt.typ</c>, or the codes of <see cref="BakedImage.Read"/>,
    /// <see cref="VcJwt.Parse(ReadOnlyMemory{byte})"/>, <see cref="StrictJson.Parse"/> and <see cref="SecuredDocument.Read(ReadOnlyMemory{byte})"/>.
    /// </exception>
    internal static CredentialInput Read(ReadOnlyMemory<byte> bytes, VerifierPorts limits)
    {
        var image = BakedImage.KindOf(bytes.Span);
        if (image == ImageKind.Unknown)
        {
            if (bytes.Length > limits.MaxInputBytes && !RecordScan.IsRecord(bytes.Span, limits.MaxRecordBytes, limits.MaxRecordTokens))
            {
                RequireSize(bytes, limits.MaxInputBytes);
            }

            return Detect(bytes, null);
        }

        RequireSize(bytes, limits.MaxImageBytes);
        var baked = Encoding.UTF8.GetBytes(BakedImage.Read(bytes).Text);
        RequireSize(baked, limits.MaxInputBytes);
        return Detect(baked, image == ImageKind.Png ? CredentialFormat.Png : CredentialFormat.Svg);
    }

    /// <param name="outer">The format of the image that the bytes come from.</param>
    private static CredentialInput Detect(ReadOnlyMemory<byte> bytes, CredentialFormat? outer)
    {
        // Files end in line breaks; within the credential nothing is trimmed.
        var start = bytes.Span.IndexOfAnyExcept(" \t\r\n"u8);
        bytes = start < 0 ? default : bytes[start..(bytes.Span.LastIndexOfAnyExcept(" \t\r\n"u8) + 1)];
        return bytes.Span switch
        {
            [(byte)'{', ..] => ReadJson(bytes, outer),
            [(byte)'e', (byte)'y', ..] => ReadToken(outer ?? CredentialFormat.Jwt, bytes, null),
            _ => throw new MalformedException("format-unknown", "This is no form in which credentials come: JSON, a signed token, or a badge image."),
        };
    }

    public void Dispose()
    {
        Token?.Dispose();
        Secured?.Dispose();
        document?.Dispose();
    }

    /// <param name="asPresentation">What the envelope says that the token is; null when there is none.</param>
    private static CredentialInput ReadToken(CredentialFormat format, ReadOnlyMemory<byte> compact, bool? asPresentation)
    {
        var input = new CredentialInput(format, VcJwt.Parse(compact));
        if ((input.Token!.Header.Profile == VcJwtProfile.VpJose) == input.IsPresentation && (asPresentation ?? input.IsPresentation) == input.IsPresentation)
        {
            return input;
        }

        // A token made for one purpose must not pass for another.
        input.Dispose();
        throw new MalformedException("jwt.typ", "The token's type does not fit what is in it.");
    }

    private static void RequireSize(ReadOnlyMemory<byte> bytes, int most)
    {
        if (bytes.Length > most)
        {
            throw new MalformedException("too-large", $"The credential or its file is larger than {most / 1024} KB.");
        }
    }

    private static CredentialInput ReadJson(ReadOnlyMemory<byte> bytes, CredentialFormat? outer)
    {
        var document = StrictJson.ParseObject(bytes);
        if (!CredentialEnvelope.Is(document.RootElement))
        {
            return WithProofs(outer ?? CredentialFormat.Json, document, bytes);
        }

        using (document)
        {
            var (token, isPresentation) = CredentialEnvelope.Open(document.RootElement);
            return ReadToken(outer ?? CredentialFormat.Enveloped, token, isPresentation);
        }
    }

    private static CredentialInput WithProofs(CredentialFormat format, JsonDocument document, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return new CredentialInput(format, document, SecuredDocument.Read(bytes));
        }
        catch (MalformedException)
        {
            document.Dispose();
            throw;
        }
    }
}
