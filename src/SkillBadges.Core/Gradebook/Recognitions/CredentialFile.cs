using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Clr;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>One credential of a file: where it stood and its own text.</summary>
/// <param name="Place">A JSON Pointer into the file, as the verifier's report names it; empty for the file itself.</param>
/// <param name="Text">JSON, or a compact JWS.</param>
public sealed record CredentialLeaf(string Place, string Text);

/// <summary>Takes a file apart: what is baked into a picture, what is in an envelope, what a learner record or a presentation holds. Nothing is believed here; the verifier judges.</summary>
public static class CredentialFile
{
    public const int MaxLeaves = 100;

    /// <summary>More of one credential is not kept.</summary>
    public const int MaxTextBytes = 256 * 1024;

    /// <summary>The credentials of a file that a badge, a learner record or a presentation is made of.</summary>
    /// <exception cref="RefusedException"><c>recognition.not-genuine</c>: no credential in any form; <c>recognition.too-many</c>, <c>recognition.too-large</c>.</exception>
    public static IReadOnlyList<CredentialLeaf> Leaves(ReadOnlyMemory<byte> file)
    {
        try
        {
            var text = Opened(BakedImage.KindOf(file.Span) == ImageKind.Unknown ? Encoding.UTF8.GetString(file.Span).Trim() : BakedImage.Read(file).Text.Trim());
            return Payload(text, credential => Parts(credential) is var (place, parts)
                ? [.. parts.Take(MaxLeaves + 1).Select((part, number) => new CredentialLeaf($"{place}/{number}", Bounded(part.Jwt ?? Encoding.UTF8.GetString(part.Json))))]
                : (IReadOnlyList<CredentialLeaf>)[new("", Bounded(text))]) is { Count: <= MaxLeaves } leaves
                    ? leaves
                    : throw Refused.Invalid("recognition.too-many", $"A file holds at most {MaxLeaves} badges; please bring it in parts.");
        }
        catch (Exception fault) when (fault is MalformedException or JsonException)
        {
            throw Refused.Invalid("recognition.not-genuine", "This is no badge that could be read: not what a school signed.");
        }
    }

    /// <summary>Reads a credential's members, whatever form it came in.</summary>
    /// <exception cref="MalformedException">It is neither strict JSON nor a token.</exception>
    public static T Payload<T>(string text, Func<JsonElement, T> read)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (text.StartsWith('{'))
        {
            using var document = StrictJson.ParseObject(bytes);
            return read(document.RootElement);
        }

        using var token = VcJwt.Parse(bytes);
        return read(token.Payload);
    }

    // An envelope is opened as a learner record opens those inside it.
    private static string Opened(string text)
    {
        if (!text.StartsWith('{'))
        {
            return text;
        }

        using var document = StrictJson.ParseObject(Encoding.UTF8.GetBytes(text));
        return document.RootElement.TryGetProperty("type", out var type) && type.ToString().Contains("EnvelopedVerifiable", StringComparison.Ordinal)
            && Within(text, parts => parts) is [{ Jwt: { } jwt }]
                ? jwt
                : text;
    }

    private static (string Place, IReadOnlyList<InnerCredential> Parts)? Parts(JsonElement credential)
    {
        if (Has(credential, "VerifiablePresentation"))
        {
            return ("/verifiableCredential", credential.TryGetProperty("verifiableCredential", out var held) ? Within(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(held)), parts => parts) : []);
        }

        return Has(credential, "ClrCredential") ? ("/credentialSubject/verifiableCredential", InnerCredential.Of(credential)) : null;
    }

    private static bool Has(JsonElement credential, string type) => credential.ValueKind == JsonValueKind.Object && credential.TryGetProperty("type", out var types)
        && (types.ValueKind == JsonValueKind.Array ? types.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(type)) : types.ValueKind == JsonValueKind.String && types.ValueEquals(type));

    private static T Within<T>(string json, Func<IReadOnlyList<InnerCredential>, T> read)
    {
        using var record = StrictJson.ParseObject(Encoding.UTF8.GetBytes($"{{\"credentialSubject\":{{\"verifiableCredential\":{json}}}}}"));
        return read(InnerCredential.Of(record.RootElement));
    }

    private static string Bounded(string text) => Encoding.UTF8.GetByteCount(text) <= MaxTextBytes
        ? text
        : throw Refused.Invalid("recognition.too-large", $"One badge has at most {MaxTextBytes / 1024} KB here, pictures inside it included.");
}
