using SkillBadges.Credentials.Json;

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

    /// <summary>What is wrong; null when every statement stands where a reader looks for it.</summary>
    internal static (string Code, string Sentence)? Fault(TapeValue credential)
    {
        // Proofs are read by themselves, before anything else.
        var rootId = credential.Find("id"u8);
        return IsPlainObject(credential, rootId, isRoot: true) ? null : (Code, Sentence);
    }

    private static bool IsPlain(TapeValue value, TapeValue rootId)
    {
        if (value.IsObject)
        {
            return IsPlainObject(value, rootId, isRoot: false);
        }

        if (value.IsArray)
        {
            foreach (var item in value.Items)
            {
                if (!IsPlain(item, rootId))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsPlainObject(TapeValue value, TapeValue rootId, bool isRoot)
    {
        // An object that refers to the credential, as an endorsement's subject does, adds nothing to it; other members would.
        var isOfRoot = !isRoot && rootId.IsString && value.Find("id"u8).Is(rootId.Text);
        var isValue = value.Find("@value"u8).Exists;
        foreach (var member in value.Members)
        {
            var name = member.Name;
            if (isOfRoot && !(name.SequenceEqual("id"u8) || name.SequenceEqual("type"u8) || name.SequenceEqual("endorsementComment"u8)))
            {
                return false;
            }

            if (isRoot && name.SequenceEqual("proof"u8))
            {
                continue;
            }

            var isPlain = name.SequenceEqual("@context"u8)
                ? IsPlainContext(member.Value)
                : name is [(byte)'@', ..]
                    ? isValue && (name.SequenceEqual("@value"u8) || name.SequenceEqual("@language"u8) || name.SequenceEqual("@direction"u8) || name.SequenceEqual("@type"u8))
                    : !name.Contains((byte)':') && IsPlain(member.Value, rootId);
            if (!isPlain)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPlainContext(TapeValue context)
    {
        if (context.IsArray)
        {
            foreach (var item in context.Items)
            {
                if (!IsPlainContext(item))
                {
                    return false;
                }
            }

            return true;
        }

        foreach (var term in context.Members)
        {
            var name = term.Name;
            var isPlain = name.SequenceEqual("@vocab"u8) ? IsForeign(term.Value)
                : name.SequenceEqual("@protected"u8) || name.SequenceEqual("@version"u8) || (name is not [(byte)'@', ..] && IsPlainTerm(term.Value));
            if (!isPlain)
            {
                return false;
            }
        }

        return context.IsString || context.IsObject;
    }

    private static bool IsPlainTerm(TapeValue definition)
    {
        if (definition.IsString)
        {
            return IsForeign(definition);
        }

        if (!IsForeign(definition.Find("@id"u8)))
        {
            return false;
        }

        foreach (var member in definition.Members)
        {
            var name = member.Name;
            if (!(name.SequenceEqual("@id"u8) || name.SequenceEqual("@type"u8) || name.SequenceEqual("@container"u8) || name.SequenceEqual("@protected"u8) || name.SequenceEqual("@language"u8)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>An absolute IRI that neither lies in a deciding vocabulary nor is a beginning of one, to be completed elsewhere.</summary>
    private static bool IsForeign(TapeValue value)
    {
        if (value.String is not { } iri)
        {
            return false;
        }

        var isAbsolute = iri.StartsWith("https://", StringComparison.Ordinal) || iri.StartsWith("http://", StringComparison.Ordinal) || iri.StartsWith("urn:", StringComparison.Ordinal);
        return isAbsolute && !DecidingVocabularies.Any(vocabulary =>
            iri.StartsWith(vocabulary, StringComparison.Ordinal) || vocabulary.StartsWith(iri, StringComparison.Ordinal));
    }
}
