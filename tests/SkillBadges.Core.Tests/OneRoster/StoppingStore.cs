using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>A real store that can be made to fail at its Nth commit, before or after the commit holds, as when the process is killed.</summary>
internal sealed class StoppingStore(IDocumentStore inner) : IDocumentStore
{
    private int left = int.MaxValue;
    private bool holds;

    public int Commits { get; private set; }

    /// <summary>The commit of this number, counted from now, throws; <paramref name="afterwards"/> when it holds nevertheless.</summary>
    public void StopAt(int commit, bool afterwards) => (left, holds) = (commit, afterwards);

    public Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class => inner.FindAsync(kind, id, cancellationToken);

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class => inner.FindManyAsync(kind, ids, cancellationToken);

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class => inner.QueryAsync(kind, query, cancellationToken);

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class => inner.CountAsync(kind, query, limit, cancellationToken);

    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        Commits++;
        if (--left == 0)
        {
            if (holds)
            {
                await inner.CommitAsync(changes, cancellationToken);
            }

            throw new IOException("The process was killed here.");
        }

        await inner.CommitAsync(changes, cancellationToken);
    }
}
