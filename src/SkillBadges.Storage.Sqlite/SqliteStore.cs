using System.Runtime.ExceptionServices;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Sqlite;

/// <summary>Documents and outbox in one file, <c>store.db</c>, of a data folder that one process uses at a time.</summary>
public sealed class SqliteStore : IDocumentStore, IOutbox, IWholeStore, IDisposable
{
    /// <summary>From so many documents on, their bodies are packed on all cores.</summary>
    private const int PreparedSideBySide = 200;

    private readonly FolderLock folderLock;
    private readonly Dictionary<DocumentKind, KindTable> kinds;
    private readonly Dictionary<AccessPath, PathQueries> queries;
    private readonly Writer writer;
    private readonly Readers readers;
    private readonly TimeProvider clock;
    private int disposed;

    private SqliteStore(FolderLock folderLock, KindTable[] tables, Connection connection, string file, TimeProvider clock)
    {
        this.folderLock = folderLock;
        this.clock = clock;
        File = file;
        kinds = tables.ToDictionary(table => table.Kind);
        queries = tables.SelectMany(table => table.Paths.Select(path => (path.Path, Queries: new PathQueries(table, path)))).ToDictionary(pair => pair.Path, pair => pair.Queries);
        writer = new(connection);
        readers = new(file);
    }

    /// <summary>Where the documents are.</summary>
    public string File { get; }

    /// <summary>Opens the store of a folder, or makes it; returns when every declared path can be asked.</summary>
    /// <exception cref="RefusedException">
    /// <c>storage.in-use</c>, <c>storage.newer-than-build</c>, <c>storage.path-not-unique</c> or <c>storage.full</c>.
    /// </exception>
    public static SqliteStore Open(string folder, IReadOnlyList<DocumentKind> kinds, TimeProvider clock, CancellationToken cancellationToken)
    {
        DurableFolder.Create(folder);
        var folderLock = FolderLock.Take(folder);
        Connection? connection = null;
        try
        {
            var file = Path.Combine(folder, "store.db");
            var tables = kinds.Select(kind => new KindTable(kind)).ToArray();
            connection = Connection.ForWriting(file);
            new StoreLayout(connection).Bring(tables, cancellationToken);
            return new(folderLock, tables, connection, file, clock);
        }
        catch (Exception failure)
        {
            connection?.Dispose();
            folderLock.Dispose();
            if (failure is SqliteException { IsDiskFull: true } full)
            {
                throw full.AsFull();
            }

            throw;
        }
    }

    public Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class
    {
        var table = TableOf(kind);
        return readers.ReadAsync(connection => DocumentReading.Find<T>(connection, table, id), cancellationToken);
    }

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        var table = TableOf(kind);
        return ids.Count <= DocumentQuery<T>.MaxFirstValues
            ? readers.ReadAsync(connection => DocumentReading.FindMany<T>(connection, table, ids), cancellationToken)
            : throw new ArgumentException($"At most {DocumentQuery<T>.MaxFirstValues} ids can be asked for at once.", nameof(ids));
    }

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class
    {
        var (table, path) = (TableOf(kind), QueriesOf(kind, query));
        return readers.ReadAsync(connection => DocumentReading.Query(connection, table, path, query), cancellationToken);
    }

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class
    {
        var path = QueriesOf(kind, query);
        return readers.ReadAsync(connection => DocumentReading.Count(connection, path, query, limit), cancellationToken);
    }

    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        var prepared = Prepare(changes.Documents).OrderBy(change => change.Order).ToArray();
        await writer.DoAsync(Apply, cancellationToken);

        bool Apply(Connection connection)
        {
            foreach (var change in prepared)
            {
                change.Apply(connection);
            }

            foreach (var message in changes.Messages)
            {
                OutboxTable.Add(connection, message);
            }

            return true;
        }
    }

    public async Task<IReadOnlyList<LeasedMessage>> LeaseAsync(IReadOnlyCollection<string> topics, int limit, TimeSpan duration, CancellationToken cancellationToken) =>
        // Most of the time there is nothing to do, which a reader can tell without a write.
        await readers.ReadAsync(connection => OutboxTable.HasDue(connection, topics, clock.Now()), cancellationToken)
            ? await writer.DoAsync(connection => OutboxTable.Lease(connection, topics, clock.Now(), limit, duration), cancellationToken)
            : [];

    public async Task<bool> ExtendAsync(LeasedMessage message, TimeSpan duration, CancellationToken cancellationToken) =>
        await writer.DoAsync(connection => OutboxTable.Extend(connection, message, clock.Now() + duration), cancellationToken) > 0;

    public Task CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) =>
        writer.DoAsync(connection => OutboxTable.Complete(connection, message), cancellationToken);

    public Task PostponeAsync(LeasedMessage message, DateTimeOffset notBefore, CancellationToken cancellationToken) =>
        writer.DoAsync(connection => OutboxTable.Postpone(connection, message, notBefore), cancellationToken);

    public Task<int> CountAsync(int limit, CancellationToken cancellationToken) =>
        readers.ReadAsync(connection => OutboxTable.Count(connection, limit), cancellationToken);

    public Task<IStoreView> ViewAsync(CancellationToken cancellationToken) => Task.FromResult<IStoreView>(new SqliteView(File, TableOf));

    /// <summary>Ends what is under way, then closes the file and gives the folder free.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            readers.Dispose();
            writer.Dispose();
            folderLock.Dispose();
        }
    }

    private PreparedChange[] Prepare(IReadOnlyList<Change> documents)
    {
        PreparedChange Of(int place) => new(TableOf(documents[place].Kind), documents[place]);

        if (documents.Count < PreparedSideBySide)
        {
            return [.. Enumerable.Range(0, documents.Count).Select(Of)];
        }

        var prepared = new PreparedChange[documents.Count];
        try
        {
            Parallel.For(0, documents.Count, place => prepared[place] = Of(place));
        }
        catch (AggregateException refused)
        {
            ExceptionDispatchInfo.Throw(refused.InnerExceptions[0]);
        }

        return prepared;
    }

    private KindTable TableOf(DocumentKind kind) => kinds.TryGetValue(kind, out var table)
        ? table
        : throw new InvalidOperationException($"The store was opened without the kind {kind.Name}.");

    private PathQueries QueriesOf<T>(DocumentKind<T> kind, DocumentQuery<T> query)
        where T : class =>
        kind.Paths.Contains(query.Path) && queries.TryGetValue(query.Path, out var path)
            ? path
            : throw new InvalidOperationException($"{query.Path.Name} is not a path of the kind {kind.Name}.");
}
