using System.Runtime.CompilerServices;
using System.Text.Json;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>What a check has seen so far, and how it reads.</summary>
internal sealed class Findings(IStoreView view)
{
    private const int MostFound = 1_000;
    private const int AtOnce = 100;

    private readonly List<Broken> found = [];

    public IStoreView View => view;

    public IReadOnlyList<Broken> Found => found;

    public long Documents { get; private set; }

    public void Add(Invariant invariant, DocumentKind kind, string id, string what) => Add(invariant, $"{kind.Name} {id}", what);

    public void Add(Invariant invariant, string document, string what)
    {
        if (found.Count < MostFound)
        {
            found.Add(new(invariant, document, what));
        }
    }

    /// <summary>Every document of a kind, in the order of ids. One that cannot be read is told and left out.</summary>
    public async IAsyncEnumerable<T> EachAsync<T>(DocumentKind<T> kind, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        for (IReadOnlyList<StoredDocument>? page = null; page is not { Count: 0 };)
        {
            page = await view.DocumentsAsync(kind, page?[^1].Id, AtOnce, cancellationToken);
            foreach (var stored in page)
            {
                if (Read(kind, stored) is T document)
                {
                    yield return document;
                }
            }
        }
    }

    /// <summary>Reads the kinds that no rule looks into, so that damage shows there too.</summary>
    public async Task ReadAllAsync(DocumentKind kind, CancellationToken cancellationToken)
    {
        for (IReadOnlyList<StoredDocument>? page = null; page is not { Count: 0 };)
        {
            page = await view.DocumentsAsync(kind, page?[^1].Id, AtOnce, cancellationToken);
            Documents += page.Count;
            foreach (var stored in page)
            {
                if (Read(kind, stored) is null)
                {
                    Add(Invariant.Readable, kind, stored.Id, "The document cannot be read.");
                }
            }
        }
    }

    private static object? Read(DocumentKind kind, StoredDocument stored)
    {
        try
        {
            var document = kind.Read(stored.Json, stored.BodyVersion);
            return kind.IdOf(document) == stored.Id ? document : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or RefusedException or ArgumentException)
        {
            return null;
        }
    }
}
