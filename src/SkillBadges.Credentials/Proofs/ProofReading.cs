using System.Text;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Reads the members of one proof strictly; the first fault is kept, because a proof with one is never checked further.</summary>
internal static class ProofReading
{
    public static DataIntegrityProof Read(TokenTape tape, int item, int index)
    {
        if (!tape.Is(item, TokenKind.Object))
        {
            return new DataIntegrityProof { Index = index, Fault = Malformed("The proof is not an object.") };
        }

        ProofFault? fault = null;
        var type = Text(tape, item, "type"u8, ref fault);
        var suite = tape.Find(item, "cryptosuite"u8) >= 0 ? Text(tape, item, "cryptosuite"u8, ref fault) ?? "?" : null;
        var proofValue = Text(tape, item, "proofValue"u8, ref fault);
        Text(tape, item, "nonce"u8, ref fault);

        // What the standard does not name is signed like the rest, and an RDF suite's safe mode refuses what it does not know.
        var proof = new DataIntegrityProof
        {
            Index = index,
            Suite = Cryptosuites.Find(type, suite),
            Id = Url(tape, item, "id"u8, ref fault),
            VerificationMethod = Url(tape, item, "verificationMethod"u8, ref fault),
            ProofPurpose = Text(tape, item, "proofPurpose"u8, ref fault),
            Created = Instant(tape, item, "created"u8, ref fault),
            Expires = Instant(tape, item, "expires"u8, ref fault),
            Challenge = Text(tape, item, "challenge"u8, ref fault),
            Domain = Texts(tape, item, "domain"u8, ref fault),
            PreviousProof = Texts(tape, item, "previousProof"u8, ref fault),
            Signature = Signature(proofValue),
        };
        fault ??= type is null ? Malformed("The proof has no type.")
            : proof.Suite is null ? new ProofFault(ProofFault.SuiteUnknown, "The proof's type and cryptosuite are none that is known here.")
            : proof.VerificationMethod is null ? Malformed("The proof has no verificationMethod.")
            : proof.ProofPurpose is null ? Malformed("The proof has no proofPurpose.")
            : proofValue is null ? Malformed("The proof has no proofValue.")
            : proof.Signature.IsEmpty ? Malformed("The proofValue is not the base58btc text, z first, of a signature of 64 or 96 bytes.")
            : null;
        return fault is null ? proof : proof with { Fault = fault, Signature = default };
    }

    private static byte[] Signature(string? proofValue) =>
        // 64 bytes are at most 88 digits and 96 at most 132; longer text is not worth decoding.
        proofValue is { Length: <= 140 } && Multibase.DecodeBase58(proofValue) is { Length: 64 or 96 } signature ? signature : [];

    /// <summary>The text of a member; null when it is not there, or not a text, which is a fault.</summary>
    private static string? Text(TokenTape tape, int item, ReadOnlySpan<byte> member, ref ProofFault? fault)
    {
        var value = tape.Find(item, member);
        return value < 0 ? null : Text(tape, value, ref fault, member);
    }

    private static string? Text(TokenTape tape, int value, ref ProofFault? fault, ReadOnlySpan<byte> member)
    {
        var text = tape.String(value);
        if (string.IsNullOrEmpty(text))
        {
            fault ??= Malformed($"The proof's {Encoding.UTF8.GetString(member)} is not a text.");
            return null;
        }

        return text;
    }

    private static string? Url(TokenTape tape, int item, ReadOnlySpan<byte> member, ref ProofFault? fault)
    {
        var text = Text(tape, item, member, ref fault);
        if (text is not null && !IsAbsoluteUrl(text))
        {
            fault ??= Malformed($"The proof's {Encoding.UTF8.GetString(member)} is not an absolute URL.");
            return null;
        }

        return text;
    }

    /// <summary>A scheme, a colon and something after it, without blanks (RFC 3986 3).</summary>
    internal static bool IsAbsoluteUrl(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon + 1 < text.Length && char.IsAsciiLetter(text[0])
            && text.AsSpan(0, colon).IndexOfAnyExcept(schemeCharacters) < 0
            && !text.AsSpan().ContainsAnyInRange('\0', ' ');
    }

    private static readonly System.Buffers.SearchValues<char> schemeCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

    private static DateTimeOffset? Instant(TokenTape tape, int item, ReadOnlySpan<byte> member, ref ProofFault? fault)
    {
        var value = tape.Find(item, member);
        if (value < 0)
        {
            return null;
        }

        if (tape.Is(value, TokenKind.String) && DateTimeStamp.TryParse(tape.Text(value), out var instant))
        {
            return instant;
        }

        fault ??= Malformed($"The proof's {Encoding.UTF8.GetString(member)} is not a date and time with a time zone.");
        return null;
    }

    private static List<string> Texts(TokenTape tape, int item, ReadOnlySpan<byte> member, ref ProofFault? fault)
    {
        var value = tape.Find(item, member);
        if (value < 0)
        {
            return [];
        }

        var texts = new List<string>();
        foreach (var one in new TapeValue(tape, value).Items)
        {
            if (Text(tape, one.Token, ref fault, member) is { } text)
            {
                texts.Add(text);
            }
        }

        if (texts.Count > SecuredDocument.MaxProofs || new TapeValue(tape, value) is { IsArray: true, Count: 0 })
        {
            fault ??= Malformed($"The proof's {Encoding.UTF8.GetString(member)} is an empty array, or names more than {SecuredDocument.MaxProofs}.");
        }

        return texts;
    }

    private static ProofFault Malformed(string message) => new(ProofFault.Malformed, message);
}
