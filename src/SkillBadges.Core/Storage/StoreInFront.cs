namespace SkillBadges.Core.Storage;

/// <summary>Stands in front of a store for the sake of its commits, or of finding; what else is read passes through.</summary>
public abstract class StoreInFront(IDocumentStore store) : IDocumentStore
{
    protected IDocumentStore Behind => store;

    public virtual Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class => store.FindAsync(kind, id, cancellationToken);

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class => store.FindManyAsync(kind, ids, cancellationToken);

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class => store.QueryAsync(kind, query, cancellationToken);

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class => store.CountAsync(kind, query, limit, cancellationToken);

    public abstract Task CommitAsync(Changes changes, CancellationToken cancellationToken);
}
