using System.Diagnostics;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Telemetry;

/// <summary>The store, measuring each call.</summary>
internal sealed class MeteredStore(IDocumentStore store) : IDocumentStore
{
    public Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class => MeasureAsync("find", Stopwatch.GetTimestamp(), store.FindAsync(kind, id, cancellationToken));

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class => MeasureAsync("find-many", Stopwatch.GetTimestamp(), store.FindManyAsync(kind, ids, cancellationToken));

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class => MeasureAsync("query", Stopwatch.GetTimestamp(), store.QueryAsync(kind, query, cancellationToken));

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class => MeasureAsync("count", Stopwatch.GetTimestamp(), store.CountAsync(kind, query, limit, cancellationToken));

    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        await MeasureAsync("commit", Stopwatch.GetTimestamp(), CommittedAsync());
        StoreMeters.Committed(changes);

        async Task<bool> CommittedAsync()
        {
            await store.CommitAsync(changes, cancellationToken);
            return true;
        }
    }

    // Begun is taken before the call, which may do its work before it returns.
    private static Task<T> MeasureAsync<T>(string operation, long begun, Task<T> call) => StoreMeters.IsHeard ? TellAsync(operation, begun, call) : call;

    private static async Task<T> TellAsync<T>(string operation, long begun, Task<T> call)
    {
        var outcome = "failed";
        try
        {
            var answer = await call;
            outcome = "done";
            return answer;
        }
        catch (RefusedException refusal)
        {
            // Conflicts are everyday; that the store is away is not.
            outcome = refusal is VersionConflictException or NotUniqueException ? "conflict" : "refused";
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            StoreMeters.Called(operation, outcome, Stopwatch.GetElapsedTime(begun));
        }
    }
}
