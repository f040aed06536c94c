namespace SkillBadges.Core.Storage;

/// <summary>The store as the holder of a lease uses it: every commit requires that the lease is still the one taken.</summary>
internal sealed class FencedStore(IDocumentStore store, Read<Lease> lease) : IDocumentStore
{
    public Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class => store.FindAsync(kind, id, cancellationToken);

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class => store.FindManyAsync(kind, ids, cancellationToken);

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class => store.QueryAsync(kind, query, cancellationToken);

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class => store.CountAsync(kind, query, limit, cancellationToken);

    /// <exception cref="LeaseLostException">Somebody else has the lease; nothing was written.</exception>
    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        if (changes.Documents.Count + changes.Messages.Count == 0)
        {
            return;
        }

        try
        {
            await store.CommitAsync(changes.Require(LeaseDocuments.Kind, lease), cancellationToken);
        }
        catch (VersionConflictException conflict) when (conflict.KindName == LeaseDocuments.Kind.Name)
        {
            throw new LeaseLostException(lease.Id);
        }
    }
}

/// <summary>The work is somebody else's now. No refusal, since nobody who could mend it is asking.</summary>
public sealed class LeaseLostException(string name) : Exception($"The lease {name} was taken over.");
