using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>
/// Contexts that an operator adds in a folder. Its <c>index.json</c> is an array of <c>{"iri": "https://...", "file": "name.jsonld",
/// "sha256": "hex"}</c>. A file is read once, at the start, and refused when it is not the one whose digest was pinned.
/// </summary>
public static class PinnedContexts
{
    private const int IndexLimit = 256 * 1024;
    private const int FileLimit = 1024 * 1024;

    /// <summary>The bundled contexts and those of the folder. A bundled context cannot be replaced.</summary>
    /// <exception cref="JsonLdException"><c>loading remote context failed</c>: the index or one of its files is not as it must be.</exception>
    public static ContextLibrary Open(string folder)
    {
        var contexts = Read(folder);
        return new ContextLibrary(iri => KnownContexts.Load(iri) ?? (contexts.TryGetValue(iri, out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null));
    }

    private static FrozenDictionary<string, byte[]> Read(string folder)
    {
        var contexts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var index = StrictJson.Parse(ReadFile(folder, "index.json", IndexLimit));
        if (index.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw Fault("index.json is not an array");
        }

        foreach (var entry in index.RootElement.EnumerateArray())
        {
            var (iri, file, digest) = (Text(entry, "iri"), Text(entry, "file"), Text(entry, "sha256"));
            if (!IriReference.IsWellFormed(System.Text.Encoding.UTF8.GetBytes(iri)) || KnownContexts.Iris.Contains(iri))
            {
                throw Fault($"<{iri}> is not an absolute IRI, or is that of a bundled context");
            }

            if (file != Path.GetFileName(file) || !file.EndsWith(".jsonld", StringComparison.Ordinal))
            {
                throw Fault($"'{file}' is not the name of a .jsonld file in the folder");
            }

            var bytes = ReadFile(folder, file, FileLimit);
            if (!Convert.ToHexString(SHA256.HashData(bytes)).Equals(digest, StringComparison.OrdinalIgnoreCase))
            {
                throw Fault($"'{file}' is not the file whose digest was pinned");
            }

            if (!contexts.TryAdd(iri, bytes))
            {
                throw Fault($"<{iri}> stands twice in index.json");
            }
        }

        return contexts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static byte[] ReadFile(string folder, string file, int limit)
    {
        var found = new FileInfo(Path.Combine(folder, file));
        if (!found.Exists || found.Length > limit)
        {
            throw Fault($"'{file}' is missing or larger than {limit} bytes");
        }

        return File.ReadAllBytes(found.FullName);
    }

    private static string Text(JsonElement entry, string name) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw Fault($"an entry of index.json has no '{name}'");

    private static JsonLdException Fault(string what) => new(JsonLdError.LoadingRemoteContextFailed, $"The folder of contexts cannot be used: {what}.");
}
