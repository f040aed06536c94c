using System.Text;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>Gives the bytes of the JSON-LD document with an IRI, or null when it is not known. It may be called by several threads.</summary>
public delegate ReadOnlyMemory<byte>? ContextLoader(string iri);

/// <summary>
/// The contexts that documents may refer to, and everything compiled from them: keep one for the life of the process. What a
/// loader gave for an IRI is kept; what it did not know is asked again.
/// </summary>
public sealed class ContextLibrary
{
    private const int RememberedLimit = 1024;
    private const int DepthLimit = 64;
    private const int ByteLimit = 4 * 1024 * 1024;

    private readonly ContextLoader loader;
    private readonly Lock loading = new();
    private Loaded[] loaded = [];
    private State state = new();

    public ContextLibrary(ContextLoader loader)
    {
        this.loader = loader;
    }

    /// <summary>The empty context of documents that have no base IRI; compiled contexts hang from it.</summary>
    internal ActiveContext Root => Volatile.Read(ref state).Root;

    /// <summary>
    /// Whether one more compiled context may be kept. There are as many as there are orders of contexts in documents, and those
    /// are up to strangers; so when there are too many, all are let go.
    /// </summary>
    internal bool MayRemember()
    {
        var current = Volatile.Read(ref state);
        if (Interlocked.Increment(ref current.Remembered) <= RememberedLimit)
        {
            return true;
        }

        Interlocked.CompareExchange(ref state, new State(), current);
        return false;
    }

    /// <exception cref="JsonLdException"><c>loading remote context failed</c> or <c>invalid remote context</c>.</exception>
    internal LocalContext Load(ReadOnlySpan<byte> iri)
    {
        var hash = Rdf.ByteHash.Of(iri);
        foreach (ref readonly var known in Volatile.Read(ref loaded).AsSpan())
        {
            if (known.Hash == hash && iri.SequenceEqual(known.Context.BaseIri))
            {
                return known.Context;
            }
        }

        var context = Read(Encoding.UTF8.GetString(iri));
        lock (loading)
        {
            var again = Array.Find(loaded, known => known.Hash == hash && context.BaseIri.AsSpan().SequenceEqual(known.Context.BaseIri));
            if (again.Context is not null)
            {
                return again.Context;
            }

            Volatile.Write(ref loaded, [.. loaded, new Loaded(hash, context)]);
        }

        return context;
    }

    private LocalContext Read(string iri)
    {
        if (loader(iri) is not { } bytes)
        {
            throw new JsonLdException(JsonLdError.LoadingRemoteContextFailed, $"The context <{(iri.Length > 200 ? iri[..200] : iri)}> is not among the known ones, and none is ever fetched.");
        }

        var tape = new TokenTape();
        try
        {
            DocumentPart.Read(tape, bytes.Span, DepthLimit, ByteLimit);
        }
        catch (JsonLdException fault)
        {
            throw new JsonLdException(JsonLdError.LoadingRemoteContextFailed, $"The context <{iri}> cannot be read. {fault.Message}");
        }

        var context = tape.Is(0, TokenKind.Object) ? tape.Find(0, "@context"u8) : -1;
        return context >= 0
            ? new LocalContext(tape, context, Encoding.UTF8.GetBytes(iri), shared: true)
            : throw new JsonLdException(JsonLdError.InvalidRemoteContext, $"The document <{iri}> has no @context.");
    }

    private readonly record struct Loaded(uint Hash, LocalContext Context);

    private sealed class State
    {
        public readonly ActiveContext Root = ActiveContext.Initial(null, shared: true);
        public int Remembered;
    }
}
