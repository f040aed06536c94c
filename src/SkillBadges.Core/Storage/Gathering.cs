using System.Collections.Concurrent;

namespace SkillBadges.Core.Storage;

/// <summary>
/// Does many pieces of work that do not depend on each other: each finds, applies and commits by itself, side by side, and what they commit is written at once. Pieces that change the same document are done
/// one round after the other; when the one commit is lost to somebody else, its pieces are done again, each with a commit of its own.
/// </summary>
public sealed class Gathering(IDocumentStore store)
{
    private const int AtOnce = 16;
    private const int MaxRounds = 3;

    /// <param name="count">How many pieces there are.</param>
    /// <param name="one">Does the piece of that place over the store that it is given; may be called again, and then must find what the call before did.</param>
    /// <param name="last">Adds what is known when all are through to the last commit, and waits for what must be written before it; may be called twice.</param>
    /// <param name="cancellationToken">Stops before a commit; one under way is not torn.</param>
    /// <returns>What was written together.</returns>
    /// <exception cref="VersionConflictException">What <paramref name="last"/> changes was changed by somebody else; the last round is not written.</exception>
    public async Task<IReadOnlyList<Change>> DoAsync(int count, Func<IDocumentStore, int, CancellationToken, Task> one, Func<Changes, Task> last, CancellationToken cancellationToken)
    {
        var written = new List<Change>();
        int[] left = [.. Enumerable.Range(0, count)];
        for (var round = 1; round <= MaxRounds; round++)
        {
            var gathering = new GatheringStore(store, cancellationToken);
            var collided = new ConcurrentBag<int>();
            await EachAsync(left, async (place, token) =>
            {
                try
                {
                    await one(gathering, place, token);
                }
                catch (CollidedException)
                {
                    collided.Add(place);
                }
            }, cancellationToken);
            int[] rest = [.. collided.Order()];
            if (await IsWrittenAsync(gathering.ToChanges(), rest.Length == 0 ? last : null, written, cancellationToken))
            {
                if (rest.Length == 0)
                {
                    return written;
                }

                left = rest;
                continue;
            }

            break;
        }

        await EachAsync(left, (place, token) => new(one(store, place, token)), cancellationToken);
        var changes = new Changes();
        await last(changes);
        await store.CommitAsync(changes, cancellationToken);
        return written;
    }

    private static Task EachAsync(int[] places, Func<int, CancellationToken, ValueTask> one, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(places, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, one);

    private async Task<bool> IsWrittenAsync(Changes changes, Func<Changes, Task>? last, List<Change> written, CancellationToken cancellationToken)
    {
        var gathered = changes.Documents.Count;
        await (last?.Invoke(changes) ?? Task.CompletedTask);
        var own = changes.Documents.Skip(gathered).Select(change => change.Kind.Name).ToHashSet(StringComparer.Ordinal);
        try
        {
            await store.CommitAsync(changes, cancellationToken);
        }
        catch (RefusedException lost) when ((lost is VersionConflictException conflict && !own.Contains(conflict.KindName)) || (lost is NotUniqueException taken && !own.Contains(taken.KindName)))
        {
            return false;
        }

        written.AddRange(changes.Documents.Take(gathered));
        return true;
    }
}
