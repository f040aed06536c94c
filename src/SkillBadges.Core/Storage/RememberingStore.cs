using System.Collections.Concurrent;
using System.Diagnostics;

namespace SkillBadges.Core.Storage;

/// <summary>
/// Remembers for a moment what every request asks for and hardly anybody changes, absence too. Whatever is changed through it counts from the commit's confirmation on; what another node changes is seen when the
/// moment is over. A commit that rests on something outdated fails like any that was overtaken, and what is asked for next is read anew.
/// </summary>
public sealed class RememberingStore(IDocumentStore store, TimeSpan moment, IEnumerable<DocumentKind> kinds) : StoreInFront(store)
{
    /// <summary>Beyond so many all are forgotten, since most of them are outdated.</summary>
    private const int Most = 2_000;

    private readonly HashSet<DocumentKind> remembered = [.. kinds];
    private readonly ConcurrentDictionary<(DocumentKind, string), Answer> answers = new();
    private long changed;

    public override Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken) =>
        remembered.Contains(kind) ? RecallAsync(kind, id, cancellationToken) : Behind.FindAsync(kind, id, cancellationToken);

    private async Task<Read<T>?> RecallAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class
    {
        // Taken before it is asked: an answer from before a change is good for nobody after it.
        var (sofar, now) = (Interlocked.Read(ref changed), Stopwatch.GetTimestamp());
        if (answers.TryGetValue((kind, id), out var known) && known.Changed == sofar && Stopwatch.GetElapsedTime(known.AskedAt, now) < moment)
        {
            return (Read<T>?)known.Read;
        }

        var read = await Behind.FindAsync(kind, id, cancellationToken);
        if (answers.Count >= Most)
        {
            answers.Clear();
        }

        answers[(kind, id)] = new(read, now, sofar);
        return read;
    }

    public override async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        var named = changes.Documents.Where(change => remembered.Contains(change.Kind)).ToList();
        try
        {
            await Behind.CommitAsync(changes, cancellationToken);
            named.RemoveAll(change => change.Type == ChangeType.Require);
        }
        finally
        {
            // Also when it failed: it may have been written all the same, or what it rested on was outdated.
            if (named.Count > 0)
            {
                Interlocked.Increment(ref changed);
            }
        }
    }

    private readonly record struct Answer(object? Read, long AskedAt, long Changed);
}
