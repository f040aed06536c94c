using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Reads the members of one proof strictly; the first fault is kept, because a proof with one is never checked further.</summary>
internal static class ProofReading
{
    public static DataIntegrityProof Read(TokenTape tape, int item, int index)
    {
        var proof = new DataIntegrityProof { Index = index };
        if (!tape.Is(item, TokenKind.Object))
        {
            return proof with { Fault = Malformed("The proof is not an object.") };
        }

        string? type = null;
        string? suite = null;
        string? proofValue = null;
        ProofFault? fault = null;
        for (var name = item + 1; name < tape.Next(item); name = tape.Next(name + 1))
        {
            var value = name + 1;
            switch (tape.String(name))
            {
                case "type":
                    type = Text(tape, value, "type", ref fault);
                    break;
                case "cryptosuite":
                    suite = Text(tape, value, "cryptosuite", ref fault) ?? "?";
                    break;
                case "proofValue":
                    proofValue = Text(tape, value, "proofValue", ref fault);
                    break;
                case "id":
                    proof = proof with { Id = Url(tape, value, "id", ref fault) };
                    break;
                case "verificationMethod":
                    proof = proof with { VerificationMethod = Url(tape, value, "verificationMethod", ref fault) };
                    break;
                case "proofPurpose":
                    proof = proof with { ProofPurpose = Text(tape, value, "proofPurpose", ref fault) };
                    break;
                case "created":
                    proof = proof with { Created = Instant(tape, value, "created", ref fault) };
                    break;
                case "expires":
                    proof = proof with { Expires = Instant(tape, value, "expires", ref fault) };
                    break;
                case "challenge":
                    proof = proof with { Challenge = Text(tape, value, "challenge", ref fault) };
                    break;
                case "domain":
                    proof = proof with { Domain = Texts(tape, value, "domain", ref fault) };
                    break;
                case "previousProof":
                    proof = proof with { PreviousProof = Texts(tape, value, "previousProof", ref fault) };
                    break;
                case "nonce":
                    Text(tape, value, "nonce", ref fault);
                    break;
                default:
                    // What the standard does not name is signed like the rest, and an RDF suite's safe mode refuses what it does not know.
                    break;
            }
        }

        return Complete(proof with { Suite = Cryptosuites.Find(type, suite) }, type, proofValue, fault);
    }

    private static DataIntegrityProof Complete(DataIntegrityProof proof, string? type, string? proofValue, ProofFault? fault)
    {
        fault ??= type is null ? Malformed("The proof has no type.")
            : proof.Suite is null ? new ProofFault(ProofFault.SuiteUnknown, "The proof's type and cryptosuite are none that is known here.")
            : proof.VerificationMethod is null ? Malformed("The proof has no verificationMethod.")
            : proof.ProofPurpose is null ? Malformed("The proof has no proofPurpose.")
            : proofValue is null ? Malformed("The proof has no proofValue.")
            : null;
        if (fault is not null)
        {
            return proof with { Fault = fault };
        }

        // 64 bytes are at most 88 digits and 96 at most 132; longer text is not worth decoding.
        var signature = proofValue!.Length <= 140 ? Multibase.DecodeBase58(proofValue) : null;
        return signature is { Length: 64 or 96 }
            ? proof with { Signature = signature }
            : proof with { Fault = Malformed("The proofValue is not the base58btc text, z first, of a signature of 64 or 96 bytes.") };
    }

    private static string? Text(TokenTape tape, int value, string member, ref ProofFault? fault)
    {
        var text = tape.String(value);
        if (string.IsNullOrEmpty(text))
        {
            fault ??= Malformed($"The proof's {member} is not a text.");
            return null;
        }

        return text;
    }

    private static string? Url(TokenTape tape, int value, string member, ref ProofFault? fault)
    {
        var text = Text(tape, value, member, ref fault);
        if (text is not null && !IsAbsoluteUrl(text))
        {
            fault ??= Malformed($"The proof's {member} is not an absolute URL.");
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

    private static DateTimeOffset? Instant(TokenTape tape, int value, string member, ref ProofFault? fault)
    {
        if (tape.Is(value, TokenKind.String) && DateTimeStamp.TryParse(tape.Text(value), out var instant))
        {
            return instant;
        }

        fault ??= Malformed($"The proof's {member} is not a date and time with a time zone.");
        return null;
    }

    private static List<string> Texts(TokenTape tape, int value, string member, ref ProofFault? fault)
    {
        var texts = new List<string>();
        if (!tape.Is(value, TokenKind.Array))
        {
            if (Text(tape, value, member, ref fault) is { } only)
            {
                texts.Add(only);
            }

            return texts;
        }

        for (var item = value + 1; item < tape.Next(value); item = tape.Next(item))
        {
            if (Text(tape, item, member, ref fault) is { } text)
            {
                texts.Add(text);
            }
        }

        if (texts.Count is 0 or > SecuredDocument.MaxProofs)
        {
            fault ??= Malformed($"The proof's {member} is an empty array, or names more than {SecuredDocument.MaxProofs}.");
        }

        return texts;
    }

    private static ProofFault Malformed(string message) => new(ProofFault.Malformed, message);
}
