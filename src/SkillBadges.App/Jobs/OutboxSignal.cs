using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>Wakes the outbox worker as soon as this process has written a message; other processes' messages wait for its next look.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim waiting = new(0, 1);

    public void Raise()
    {
        try
        {
            waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => waiting.WaitAsync(atMost, cancellationToken);

    public void Dispose() => waiting.Dispose();
}

/// <summary>The store, telling the signal about messages.</summary>
internal sealed class SignalingStore(IDocumentStore store, OutboxSignal signal) : IDocumentStore
{
    public Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class => store.FindAsync(kind, id, cancellationToken);

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class => store.FindManyAsync(kind, ids, cancellationToken);

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class => store.QueryAsync(kind, query, cancellationToken);

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class => store.CountAsync(kind, query, limit, cancellationToken);

    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        await store.CommitAsync(changes, cancellationToken);
        if (changes.Messages.Count > 0)
        {
            signal.Raise();
        }
    }
}
