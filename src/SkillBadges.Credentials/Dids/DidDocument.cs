using System.Collections.Immutable;
using System.Text.Json;

namespace SkillBadges.Credentials.Dids;

/// <summary>
/// The keys that a DID publishes, and what each may be used for (Decentralized Identifiers 1.0; Controlled Identifiers 1.0,
/// REC 2025-05-15). Keys of kinds that we cannot use are left out, and named in <see cref="Unusable"/>.
/// </summary>
public sealed record DidDocument(
    string Id,
    ImmutableArray<VerificationMethod> Methods,
    ImmutableHashSet<string> AssertionMethods,
    ImmutableHashSet<string> AuthenticationMethods)
{
    /// <summary>Ids of methods that could not be read, and the code of the reason.</summary>
    public ImmutableArray<(string Id, string Code)> Unusable { get; init; } = [];

    /// <summary>The keys that may sign credentials.</summary>
    public IEnumerable<VerificationMethod> ForAssertion => Methods.Where(method => AssertionMethods.Contains(method.Id));

    /// <summary>The keys with which the subject may prove that it is present.</summary>
    public IEnumerable<VerificationMethod> ForAuthentication => Methods.Where(method => AuthenticationMethods.Contains(method.Id));

    /// <summary>A document in which every key may sign credentials and prove presence.</summary>
    public static DidDocument For(string did, IEnumerable<VerificationMethod> methods)
    {
        ImmutableArray<VerificationMethod> all = [.. methods];
        var ids = all.Select(method => method.Id).ToImmutableHashSet();
        return ids.Count == all.Length
            ? new DidDocument(did, all, ids, ids)
            : throw new ArgumentException("Two keys have the same id.", nameof(methods));
    }

    /// <summary>Reads a document and demands that it is the one of <paramref name="expectedId"/>.</summary>
    /// <exception cref="MalformedException"><c>did.document-malformed</c>, <c>did.document-of-another</c>, or the codes of <see cref="StrictJson.Parse"/>.</exception>
    public static DidDocument Read(ReadOnlyMemory<byte> json, string expectedId)
    {
        using var document = StrictJson.ParseObject(json);
        return new DidDocumentReader(expectedId).Read(document.RootElement);
    }

    /// <summary>The document as <c>application/did+json</c> bytes, keys and purposes as absolute ids.</summary>
    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            WriteContext(writer);
            writer.WriteString("id", Id);
            writer.WriteStartArray("verificationMethod");
            foreach (var method in Methods)
            {
                WriteMethod(writer, method);
            }

            writer.WriteEndArray();
            WriteIds(writer, "authentication", AuthenticationMethods);
            WriteIds(writer, "assertionMethod", AssertionMethods);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private void WriteContext(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("@context");
        writer.WriteStringValue("https://www.w3.org/ns/did/v1");
        if (Methods.Any(method => method.Form == KeyForm.Multikey))
        {
            writer.WriteStringValue("https://w3id.org/security/multikey/v1");
        }

        if (Methods.Any(method => method.Form == KeyForm.JsonWebKey))
        {
            writer.WriteStringValue("https://w3id.org/security/jwk/v1");
        }

        writer.WriteEndArray();
    }

    private void WriteMethod(Utf8JsonWriter writer, VerificationMethod method)
    {
        writer.WriteStartObject();
        writer.WriteString("id", method.Id);
        writer.WriteString("type", method.Form.ToString());
        writer.WriteString("controller", Id);
        if (method.Form == KeyForm.Multikey)
        {
            writer.WriteString("publicKeyMultibase", method.Key.Multikey);
        }
        else
        {
            writer.WritePropertyName("publicKeyJwk");
            method.Key.WriteJwk(writer, method.Key.Thumbprint);
        }

        WriteInstant(writer, "expires", method.Expires);
        WriteInstant(writer, "revoked", method.Revoked);
        writer.WriteEndObject();
    }

    private static void WriteInstant(Utf8JsonWriter writer, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
        {
            writer.WriteString(name, DateTimeStamp.Format(known));
        }
    }

    private void WriteIds(Utf8JsonWriter writer, string name, ImmutableHashSet<string> ids)
    {
        writer.WriteStartArray(name);
        foreach (var method in Methods.Where(method => ids.Contains(method.Id)))
        {
            writer.WriteStringValue(method.Id);
        }

        writer.WriteEndArray();
    }
}
