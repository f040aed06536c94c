using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// A proof over RDF signs statements, not spelling: <c>validUntil</c> written as a full IRI, under another name that an added
/// context gives it, or on a second object with the credential's id, is the same signed statement and invisible to whoever reads
/// the members. So what is read as JSON must be written plainly: terms by name, contexts by reference, keywords by their aliases.
/// </summary>
internal static class PlainForm
{
    internal const string Code = "json-ld-form";

    private const string Sentence = "The credential is written in a way that hides parts of what was signed from ordinary readers.";

    /// <summary>Vocabularies whose terms decide something; an inline context may not give them further names.</summary>
    private static readonly string[] DecidingVocabularies =
    [
        "https://www.w3.org/2018/credentials#", "https://www.w3.org/ns/credentials/", "https://purl.imsglobal.org/", "https://w3id.org/security#",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "https://schema.org/",
    ];

    private static readonly string[] ValueKeywords = ["@value", "@language", "@direction", "@type"];

    /// <summary>What is wrong; null when every statement stands where a reader looks for it.</summary>
    internal static (string Code, string Sentence)? Fault(JsonElement credential) =>
        IsPlain(credential, CredentialMembers.Text(credential, "id"), isRoot: true) ? null : (Code, Sentence);

    private static bool IsPlain(JsonElement element, string? rootId, bool isRoot) => element.ValueKind switch
    {
        JsonValueKind.Object => IsPlainObject(element, rootId, isRoot),
        JsonValueKind.Array => element.EnumerateArray().All(item => IsPlain(item, rootId, isRoot: false)),
        _ => true,
    };

    private static bool IsPlainObject(JsonElement element, string? rootId, bool isRoot)
    {
        // An object that refers to the credential, as an endorsement's subject does, adds nothing to it; other members would.
        if (!isRoot && rootId is not null && CredentialMembers.Text(element, "id") == rootId
            && element.EnumerateObject().Any(member => member.Name is not ("id" or "type" or "endorsementComment")))
        {
            return false;
        }

        var isValue = element.TryGetProperty("@value", out _);
        foreach (var member in element.EnumerateObject())
        {
            if (isRoot && member.NameEquals("proof"))
            {
                // Proofs are read by themselves, before anything else.
                continue;
            }

            var isPlain = member.Name switch
            {
                "@context" => IsPlainContext(member.Value),
                ['@', ..] => isValue && ValueKeywords.Contains(member.Name),
                _ => !member.Name.Contains(':', StringComparison.Ordinal) && IsPlain(member.Value, rootId, isRoot: false),
            };
            if (!isPlain)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainContext(JsonElement context) => context.ValueKind switch
    {
        JsonValueKind.String => true,
        JsonValueKind.Array => context.EnumerateArray().All(IsPlainContext),
        JsonValueKind.Object => context.EnumerateObject().All(term => term.Name switch
        {
            "@vocab" => IsForeign(term.Value),
            "@protected" or "@version" => true,
            ['@', ..] => false,
            _ => IsPlainTerm(term.Value),
        }),
        _ => false,
    };

    private static bool IsPlainTerm(JsonElement definition) => definition.ValueKind switch
    {
        JsonValueKind.String => IsForeign(definition),
        JsonValueKind.Object => definition.TryGetProperty("@id", out var id) && IsForeign(id)
            && definition.EnumerateObject().All(member => member.Name is "@id" or "@type" or "@container" or "@protected" or "@language"),
        _ => false,
    };

    /// <summary>An absolute IRI that neither lies in a deciding vocabulary nor is a beginning of one, to be completed elsewhere.</summary>
    private static bool IsForeign(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        var iri = value.GetString()!;
        var isAbsolute = iri.StartsWith("https://", StringComparison.Ordinal) || iri.StartsWith("http://", StringComparison.Ordinal) || iri.StartsWith("urn:", StringComparison.Ordinal);
        return isAbsolute && !DecidingVocabularies.Any(vocabulary =>
            iri.StartsWith(vocabulary, StringComparison.Ordinal) || vocabulary.StartsWith(iri, StringComparison.Ordinal));
    }
}
