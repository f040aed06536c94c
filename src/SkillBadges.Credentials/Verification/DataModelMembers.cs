using System.Text.Json;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Members that any credential or presentation may have, and what the data model demands of each (VC Data Model 2.0, REC 2025-05-15, 4.3 to 4.11, 5.3 to
/// 5.10, 11.1). Badges and learner records have rules of their own, which say more.
/// </summary>
internal static class DataModelMembers
{
    internal const string Version2 = "https://www.w3.org/ns/credentials/v2";
    internal const string Version1 = "https://www.w3.org/2018/credentials/v1";

    /// <summary>4.5 and 5.10: objects that say of which kind they are.</summary>
    private static readonly string[] typed = ["credentialStatus", "credentialSchema", "termsOfUse", "evidence", "refreshService", "renderMethod", "confidenceMethod"];

    private static readonly string[] languageMembers = ["@value", "@language", "@direction"];

    /// <summary>4.3: an ordered set; first the URL of the data model, then URLs and objects.</summary>
    internal static bool IsContext(JsonElement document)
    {
        var contexts = CredentialMembers.Values(document, "@context").ToList();
        return contexts.Count > 0
            && contexts[0].ValueKind == JsonValueKind.String && (contexts[0].ValueEquals(Version2) || contexts[0].ValueEquals(Version1))
            && contexts.Skip(1).All(context => context.ValueKind == JsonValueKind.Object || (context.ValueKind == JsonValueKind.String && ValueForms.IsAbsoluteUri(context.GetString()!)));
    }

    internal static bool IsVersion2(JsonElement document) =>
        CredentialMembers.Values(document, "@context").FirstOrDefault() is { ValueKind: JsonValueKind.String } first && first.ValueEquals(Version2);

    /// <summary>4.5: one text or several, and nothing else.</summary>
    internal static bool HasOnlyTexts(JsonElement element, string name)
    {
        var values = CredentialMembers.Values(element, name).ToList();
        return values.Count > 0 && values.All(value => value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0);
    }

    /// <summary>4.4: a single URL, if it is there at all.</summary>
    internal static bool IsIdentifiedWell(JsonElement element) =>
        !element.TryGetProperty("id", out _) || (CredentialMembers.Text(element, "id") is { } id && ValueForms.IsAbsoluteUri(id));

    /// <summary>A URL, or an object with one as its id: an issuer (4.7) or a holder (4.13).</summary>
    internal static bool IsParty(JsonElement party) => party.ValueKind switch
    {
        JsonValueKind.String => ValueForms.IsAbsoluteUri(party.GetString()!),
        JsonValueKind.Object => CredentialMembers.Text(party, "id") is { } id && ValueForms.IsAbsoluteUri(id),
        _ => false,
    };

    /// <summary>The first of the optional members that is not as it should be; null when all are.</summary>
    internal static string? Fault(JsonElement credential)
    {
        if (Untyped(credential) is { } name)
        {
            return name;
        }

        if (!IsVersion2(credential))
        {
            return null;
        }

        var issuer = credential.TryGetProperty("issuer", out var party) && party.ValueKind == JsonValueKind.Object ? party : default;
        return !IsPhrase(credential, "name") || !IsPhrase(issuer, "name") ? "name"
            : !IsPhrase(credential, "description") || !IsPhrase(issuer, "description") ? "description"
            : !AreRelatedResources(credential) ? "relatedResource"
            : null;
    }

    /// <summary>The first member that does not say of which kind it is; a presentation may have terms of use too (5.5).</summary>
    internal static string? Untyped(JsonElement document) =>
        typed.FirstOrDefault(name => CredentialMembers.Values(document, name).Any(value => !IsTyped(value, needsId: name == "credentialSchema")));

    private static bool IsTyped(JsonElement value, bool needsId) =>
        value.ValueKind == JsonValueKind.Object && HasOnlyTexts(value, "type") && IsIdentifiedWell(value) && (!needsId || value.TryGetProperty("id", out _));

    /// <summary>11.1: a text, or language value objects, which have three members at most.</summary>
    private static bool IsPhrase(JsonElement element, string name) =>
        CredentialMembers.Values(element, name).All(value => value.ValueKind == JsonValueKind.String || (value.ValueKind == JsonValueKind.Object
            && value.TryGetProperty("@value", out _)
            && value.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String && languageMembers.Contains(member.Name))
            && (CredentialMembers.Text(value, "@language") is not { } language || ValueForms.IsLanguageTag(language))
            && CredentialMembers.Text(value, "@direction") is null or "ltr" or "rtl"));

    /// <summary>5.3: each with its own id and a digest. Whether the digest is right shows only to whoever fetches the resource, which nobody here does.</summary>
    private static bool AreRelatedResources(JsonElement credential)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        return CredentialMembers.Values(credential, "relatedResource").All(resource => CredentialMembers.Text(resource, "id") is { } id
            && ValueForms.IsAbsoluteUri(id) && ids.Add(id)
            && (resource.TryGetProperty("digestSRI", out _) || resource.TryGetProperty("digestMultibase", out _))
            && CredentialMembers.Values(resource, "digestSRI").All(IsIntegrity)
            && CredentialMembers.Values(resource, "digestMultibase").All(IsDigest)
            && CredentialMembers.Values(resource, "mediaType").All(mediaType => mediaType.ValueKind == JsonValueKind.String));
    }

    /// <summary>Subresource Integrity (REC 2016-06-23) 3.5: algorithm, hyphen, base64 of as many bytes as the algorithm makes.</summary>
    private static bool IsIntegrity(JsonElement digest) => digest.ValueKind == JsonValueKind.String && digest.GetString()!.Split(' ').All(one =>
    {
        var length = one.AsSpan(0, Math.Min(7, one.Length)) switch { "sha256-" => 32, "sha384-" => 48, "sha512-" => 64, _ => 0 };
        Span<byte> bytes = stackalloc byte[72];
        return length > 0 && one.Length < 100 && Convert.TryFromBase64Chars(one.AsSpan(7), bytes, out var written) && written == length;
    });

    /// <summary>Multibase, over a multihash or, as many write it, the bare digest.</summary>
    private static bool IsDigest(JsonElement digest)
    {
        var text = digest.ValueKind == JsonValueKind.String ? digest.GetString()! : "";
        var bytes = text.Length > 140 ? null : text.StartsWith('u') ? StrictBase64Url.Decode(text.AsSpan(1)) : text.StartsWith('z') ? Multibase.DecodeBase58(text) : null;
        return bytes is { Length: 32 or 48 or 64 } or [0x12, 32, ..] and { Length: 34 } or [0x20, 48, ..] and { Length: 50 } or [0x13, 64, ..] and { Length: 66 };
    }
}
