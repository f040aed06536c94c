using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace SkillBadges.Core.Storage;

/// <summary>
/// The store as several pieces of work see it that are committed together: what one of them has read the others do not read again, and what each commits is kept until all are through.
/// Everything seen is as it was when it was first asked for; what a piece of work rests on is in its requirements, which the one commit checks. Lives as long as those pieces.
/// </summary>
public sealed class GatheringStore(IDocumentStore store, CancellationToken together) : IDocumentStore
{
    private readonly ConcurrentDictionary<object, Lazy<Task<object?>>> seen = new();
    private readonly Dictionary<(DocumentKind, string), Change> places = [];
    private readonly List<Changes> gathered = [];

    /// <summary>All that was committed, as one commit.</summary>
    public Changes ToChanges()
    {
        lock (gathered)
        {
            return gathered.Aggregate(new Changes(), (all, some) => all.Join(some)).WithMessagesOnce();
        }
    }

    public async Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class =>
        (Read<T>?)await OnceAsync((kind, id), async () => await store.FindAsync(kind, id, together));

    public async Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class =>
        (IReadOnlyList<Read<T>>)(await OnceAsync((kind, string.Join('\n', ids), "many"), async () => await store.FindManyAsync(kind, ids, together)))!;

    public async Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class =>
        (Page<T>)(await OnceAsync((query.Path, TextOf(query)), async () => await store.QueryAsync(kind, query, together)))!;

    public async Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class =>
        (int)(await OnceAsync((query.Path, TextOf(query), limit), async () => await store.CountAsync(kind, query, limit, together)))!;

    /// <summary>Keeps the changes for the one commit.</summary>
    /// <exception cref="CollidedException">Another piece of work changes one of the same documents; this one has to look again afterwards.</exception>
    public Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        lock (gathered)
        {
            foreach (var change in changes.Documents)
            {
                // Only two that demand the same of a document go together: with any other pair one would rest on what the other changes.
                if (places.TryGetValue((change.Kind, change.Id), out var other) && !(other.Type == ChangeType.Require && change.Type == ChangeType.Require && other.ReadVersion == change.ReadVersion))
                {
                    throw new CollidedException();
                }
            }

            foreach (var change in changes.Documents)
            {
                places[(change.Kind, change.Id)] = change;
            }

            gathered.Add(changes);
        }

        return Task.CompletedTask;
    }

    private static string TextOf<T>(DocumentQuery<T> query)
        where T : class
    {
        var text = new StringBuilder();
        foreach (var value in (IEnumerable<IndexValue>)[.. query.First, default, .. query.Rest, query.Lowest, query.Before])
        {
            text.Append(value.Text).Append('\n').Append(value.Number).Append('\n');
        }

        return text.Append(query.Prefix).Append(CultureInfo.InvariantCulture, $"\n{query.IsDescending} {query.Limit} ").Append(query.Cursor).ToString();
    }

    private Task<object?> OnceAsync(object key, Func<Task<object?>> read) => seen.GetOrAdd(key, _ => new(read)).Value;
}

/// <summary>Two pieces of work that were to be committed together change the same document. No refusal: the second one is simply done after the first.</summary>
public sealed class CollidedException() : Exception("Another piece of work in this commit changes the same document.");
