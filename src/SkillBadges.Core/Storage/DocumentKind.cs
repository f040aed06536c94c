using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SkillBadges.Core.Storage;

/// <summary>Lifts a stored body by one body version.</summary>
public delegate JsonObject Upcast(JsonObject body);

/// <summary>A kind of document, as an adapter sees it: a name, its access paths, and how bodies are written and read.</summary>
public abstract class DocumentKind(string name)
{
    /// <summary>Lower-case words joined by underscores; becomes the table's name.</summary>
    public string Name { get; } = name;

    /// <summary>Version of the body's shape; one upcast leads from each version to the next.</summary>
    public int BodyVersion => Upcasts.Length + 1;

    public ImmutableArray<Upcast> Upcasts { get; init; } = [];

    public abstract IReadOnlyList<AccessPath> AccessPaths { get; }

    /// <summary>The path in whose order rows lie on disk; null for the order of ids.</summary>
    public abstract AccessPath? Cluster { get; }

    public abstract string IdOf(object document);

    public abstract byte[] Write(object document);

    public abstract object Read(ReadOnlySpan<byte> body, int bodyVersion);
}

/// <summary>A kind of document with its id and paths: <c>new DocumentKind&lt;Submission&gt;("submission", s =&gt; s.Id.Value) { Paths = [ByLearner] }</c>.</summary>
public sealed class DocumentKind<T>(string name, Func<T, string> id) : DocumentKind(name)
    where T : class
{
    public ImmutableArray<AccessPath<T>> Paths { get; init; } = [];

    public AccessPath<T>? ClusteredBy { get; init; }

    public override IReadOnlyList<AccessPath> AccessPaths => Paths;

    public override AccessPath? Cluster => ClusteredBy;

    public override string IdOf(object document) => id((T)document);

    public override byte[] Write(object document) => JsonSerializer.SerializeToUtf8Bytes((T)document, DocumentJson.Options);

    public override object Read(ReadOnlySpan<byte> body, int bodyVersion)
    {
        if (bodyVersion == BodyVersion)
        {
            return JsonSerializer.Deserialize<T>(body, DocumentJson.Options) ?? throw NotADocument();
        }

        if (bodyVersion < 1 || bodyVersion > BodyVersion)
        {
            throw new InvalidOperationException($"A body of {Name} has version {bodyVersion}; this build knows versions up to {BodyVersion}.");
        }

        var lifted = JsonNode.Parse(body)?.AsObject() ?? throw NotADocument();
        foreach (var upcast in Upcasts.Skip(bodyVersion - 1))
        {
            lifted = upcast(lifted);
        }

        return lifted.Deserialize<T>(DocumentJson.Options) ?? throw NotADocument();
    }

    private InvalidOperationException NotADocument() => new($"A stored body of {Name} is not a document.");
}
