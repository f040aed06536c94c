namespace SkillBadges.Core.Storage;

/// <summary>Documents by id, along declared access paths, and one way to write.</summary>
public interface IDocumentStore
{
    Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class;

    /// <summary>The documents that exist among up to 500 ids, in no particular order.</summary>
    Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class;

    /// <exception cref="RefusedException"><c>paging.cursor</c>.</exception>
    Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class;

    /// <summary>How many documents match, counting no further than <paramref name="limit"/>.</summary>
    Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class;

    /// <summary>Writes all of it, durably, or nothing.</summary>
    /// <exception cref="VersionConflictException">A document changed, appeared or vanished since it was read.</exception>
    /// <exception cref="NotUniqueException">An id or a unique path's values are taken.</exception>
    /// <exception cref="RefusedException"><c>storage.full</c> when the disk is; nothing was written.</exception>
    Task CommitAsync(Changes changes, CancellationToken cancellationToken);
}

/// <summary>A document is no longer at the version read (<c>storage.version-conflict</c>).</summary>
public sealed class VersionConflictException(string kind, string id)
    : RefusedException(RefusalKind.Conflict, "storage.version-conflict", "Somebody changed this at the same moment; please look again.")
{
    public string KindName { get; } = kind;

    public string Id { get; } = id;
}

/// <summary>A value that may occur once is taken (<c>storage.not-unique</c>); <see cref="PathName"/> is null when it is the id.</summary>
public sealed class NotUniqueException(string kind, string? path)
    : RefusedException(RefusalKind.Conflict, "storage.not-unique", "This already exists.")
{
    public string KindName { get; } = kind;

    public string? PathName { get; } = path;

    public bool Is(DocumentKind kind, AccessPath? path = null) => KindName == kind.Name && PathName == path?.Name;
}

public static class DocumentStoreReading
{
    private const int PageOfMany = 500;

    /// <summary>The document, or a refusal <c>{noun}.not-found</c>.</summary>
    public static async Task<Read<T>> GetAsync<T>(this IDocumentStore store, DocumentKind<T> kind, string id, string noun, CancellationToken cancellationToken)
        where T : class =>
        await store.FindAsync(kind, id, cancellationToken) ?? throw Refused.NotFound(noun);

    /// <summary>For a refusal that may rest on documents read at different moments: begins again when this one changed meanwhile.</summary>
    /// <exception cref="VersionConflictException">It did.</exception>
    public static async Task RequireUnchangedAsync<T>(this IDocumentStore store, DocumentKind<T> kind, Read<T> read, CancellationToken cancellationToken)
        where T : class
    {
        if ((await store.FindAsync(kind, read.Id, cancellationToken))?.Version != read.Version)
        {
            throw new VersionConflictException(kind.Name, read.Id);
        }
    }

    /// <summary>The first document of a query, or null.</summary>
    public static async Task<Read<T>?> FirstAsync<T>(this IDocumentStore store, DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class =>
        (await store.QueryAsync(kind, query.Take(1), cancellationToken)).Items is [var first, ..] ? first : null;

    /// <summary>The documents that exist among any number of ids, each once, by id. Many are read by several readers at once.</summary>
    public static async Task<IReadOnlyList<T>> FindAllAsync<T>(this IDocumentStore store, DocumentKind<T> kind, IEnumerable<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        string[] asked = [.. ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var found = await SeveralReaders.ReadAsync(
            asked, DocumentQuery<T>.MaxFirstValues, async (some, token) => (await store.FindManyAsync(kind, some, token)).OrderBy(read => read.Id, StringComparer.Ordinal).Select(read => read.Document), cancellationToken);
        return [.. found.SelectMany(some => some)];
    }

    /// <summary>For every document of a query, in its order, the one that it names, which is there.</summary>
    public static async Task<IReadOnlyList<TNamed>> NamedAsync<T, TNamed>(
        this IDocumentStore store, DocumentKind<T> kind, DocumentQuery<T> query, Func<T, string> name, DocumentKind<TNamed> named, CancellationToken cancellationToken)
        where T : class
        where TNamed : class
    {
        var ids = new List<string>();
        await foreach (var read in store.AllAsync(kind, query, cancellationToken))
        {
            ids.Add(name(read.Document));
        }

        var found = (await store.FindAllAsync(named, ids, cancellationToken)).ToDictionary(named.IdOf, StringComparer.Ordinal);
        return [.. ids.Select(id => found.GetValueOrDefault(id) ?? throw new InvalidOperationException($"{named.Name} {id} is missing from the store."))];
    }

    /// <summary>
    /// Every document of a query at once, however many pages they fill: for what somebody is entitled to see whole and what authority rests on. Only where people, by what they do one by one,
    /// make the documents; where a file or a program can make any number of them, they are read page by page.
    /// </summary>
    public static async Task<Page<T>> WholeAsync<T>(this IDocumentStore store, DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class
    {
        var page = query.Take(PageOfMany);
        var found = await store.QueryAsync(kind, page, cancellationToken);
        if (found.Next is null)
        {
            return found;
        }

        var all = new List<Read<T>>(found.Items);
        while (found.Next is { } next)
        {
            found = await store.QueryAsync(kind, page.After(next), cancellationToken);
            all.AddRange(found.Items);
        }

        return new(all, null);
    }

    /// <summary>Every document of a query, page by page.</summary>
    public static async IAsyncEnumerable<Read<T>> AllAsync<T>(
        this IDocumentStore store,
        DocumentKind<T> kind,
        DocumentQuery<T> query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var page = query.Take(PageOfMany);
        while (true)
        {
            var found = await store.QueryAsync(kind, page, cancellationToken);
            foreach (var item in found.Items)
            {
                yield return item;
            }

            if (found.Next is null)
            {
                yield break;
            }

            page = page.After(found.Next);
        }
    }
}
