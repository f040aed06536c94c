using System.Reflection;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>The contexts that come with the program; where each is from stands in <c>Contexts/README.md</c>.</summary>
public static class KnownContexts
{
    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["https://www.w3.org/2018/credentials/v1"] = "credentials-v1",
        ["https://www.w3.org/ns/credentials/v2"] = "credentials-v2",
        ["https://www.w3.org/2018/credentials/examples/v1"] = "credentials-examples-v1",
        ["https://www.w3.org/ns/odrl.jsonld"] = "odrl",
        ["https://www.w3.org/ns/credentials/examples/v2"] = "credentials-examples-v2",
        ["https://www.w3.org/ns/credentials/undefined-terms/v2"] = "undefined-terms-v2",
        ["https://w3id.org/security/data-integrity/v1"] = "data-integrity-v1",
        ["https://w3id.org/security/data-integrity/v2"] = "data-integrity-v2",
        ["https://w3id.org/security/multikey/v1"] = "multikey-v1",
        ["https://w3id.org/security/suites/ed25519-2020/v1"] = "ed25519-2020-v1",
        ["https://w3id.org/vc/status-list/2021/v1"] = "status-list-2021-v1",
        ["https://www.w3.org/ns/did/v1"] = "did-v1",
        ["https://purl.imsglobal.org/spec/ob/v3p0/context.json"] = "ob-3.0",
        ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"] = "ob-3.0.1",
        ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"] = "ob-3.0.2",
        ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"] = "ob-3.0.3",
        ["https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"] = "ob-extensions",
        ["https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"] = "clr-2.0.1",
    };

    /// <summary>The bundled contexts and nothing else, compiled once for the whole process.</summary>
    public static ContextLibrary Library { get; } = new(Load);

    /// <summary>The IRIs of the bundled contexts.</summary>
    public static IReadOnlyCollection<string> Iris => Files.Keys;

    /// <summary>A <see cref="ContextLoader"/>.</summary>
    public static ReadOnlyMemory<byte>? Load(string iri)
    {
        if (!Files.TryGetValue(iri, out var file))
        {
            return null;
        }

        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Contexts/{file}.jsonld")
            ?? throw new InvalidOperationException($"The bundled context {file} is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
