using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Files;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Postgres;

/// <summary>Documents and outbox in the schema of a PostgreSQL database that the connection names; several processes may use it at once.</summary>
public sealed class PostgresStore : IDocumentStore, IOutbox, IWholeStore, IAsyncDisposable
{
    /// <summary>
    /// Each question is one stretch of one index whatever the values and however large the table, so it is planned once, as that stretch: the planner would weigh some anew at each asking,
    /// and read a large table by several workers, who take longer to start than the stretch takes to read.
    /// </summary>
    internal const string OneStretch = """
        SET plan_cache_mode = force_generic_plan; SET max_parallel_workers_per_gather = 0;
        SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET enable_hashjoin = off; SET enable_mergejoin = off
        """;

    private const int PresenceKeepAlive = 20;
    private const int FileConnections = 32;

    private readonly Database database;
    private readonly Database fileDatabase;
    private readonly NodePresence presence;
    private readonly Dictionary<DocumentKind, KindTable> kinds;
    private readonly Commit commit;
    private readonly TimeProvider clock;

    private PostgresStore(Database database, Database fileDatabase, NodePresence presence, KindTable[] tables, TimeProvider clock)
    {
        this.database = database;
        this.fileDatabase = fileDatabase;
        Files = new(fileDatabase, clock);
        PartialFiles = new(fileDatabase, clock);
        this.presence = presence;
        this.clock = clock;
        kinds = tables.ToDictionary(table => table.Kind);
        commit = new(database, tables);
    }

    /// <summary>Files in the same schema, over connections of their own: a slow line that fetches a film keeps nobody else waiting.</summary>
    public PostgresFileStore Files { get; }

    public PostgresPartialFiles PartialFiles { get; }

    /// <summary>Whether a text names a server, in the words that Npgsql reads.</summary>
    public static bool IsConnection(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 };
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Opens the store, or makes it; returns when every declared path can be asked.</summary>
    /// <param name="connectionString">As Npgsql reads it, such as <c>Host=db;Database=skillbadges;Username=skillbadges</c>.</param>
    /// <param name="tables">The kinds of documents.</param>
    /// <param name="clock">Tells when messages are due.</param>
    /// <param name="cancellationToken">Stops between two batches; what was begun is continued the next time.</param>
    /// <exception cref="RefusedException">
    /// <c>storage.unreachable</c>, <c>storage.newer-than-build</c>, <c>storage.other-layout</c>, <c>storage.path-not-unique</c>, <c>storage.not-durable</c> or <c>storage.full</c>.
    /// </exception>
    public static async Task<PostgresStore> OpenAsync(string connectionString, IReadOnlyList<DocumentKind> tables, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Nothing is left behind in a session but what is taken back there, so the seven statements that would clean it before each use are spared.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "skillbadges", MaxAutoPrepare = 200, NoResetOnClose = true, IncludeErrorDetail = false };
        var sessions = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        sessions.UsePhysicalConnectionInitializer(AskStretches, AskStretchesAsync);
        var database = new Database(sessions.Build());
        try
        {
            var known = tables.Select(kind => new KindTable(kind)).ToArray();
            // A session of its own, apart from the pool.
            var alone = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false, KeepAlive = PresenceKeepAlive };
            var presence = await database.DoAsync((connection, token) => new StoreLayout(connection).BringAsync(known, NpgsqlDataSource.Create(alone), token), cancellationToken);
            var files = new NpgsqlConnectionStringBuilder(settings.ConnectionString) { ApplicationName = "skillbadges files", MaxPoolSize = FileConnections };
            return new(database, new(NpgsqlDataSource.Create(files)), presence, known, clock);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async Task<Read<T>?> FindAsync<T>(DocumentKind<T> kind, string id, CancellationToken cancellationToken)
        where T : class =>
        (await FindManyAsync(kind, [id], cancellationToken)) is [var found] ? found : null;

    public Task<IReadOnlyList<Read<T>>> FindManyAsync<T>(DocumentKind<T> kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        if (ids.Count > DocumentQuery<T>.MaxFirstValues)
        {
            throw new ArgumentException($"At most {DocumentQuery<T>.MaxFirstValues} ids can be asked for at once.", nameof(ids));
        }

        // What cannot be stored is not there; the server would refuse it or take it for another.
        var (table, storable) = (TableOf(kind), ids.Where(id => StorableText.IsStorable(id)).ToArray());
        return database.DoAsync((connection, token) => DocumentReading.FindAsync<T>(connection, table, storable, token), cancellationToken);
    }

    public Task<Page<T>> QueryAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class
    {
        var table = TableOf(kind, query);
        return database.DoAsync((connection, token) => DocumentReading.QueryAsync(connection, table, query, token), cancellationToken);
    }

    public Task<int> CountAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class
    {
        var table = TableOf(kind, query);
        return database.DoAsync((connection, token) => DocumentReading.CountAsync(connection, table, query, limit, token), cancellationToken);
    }

    public Task CommitAsync(Changes changes, CancellationToken cancellationToken) =>
        commit.RunAsync([.. changes.Documents.Select(change => new PreparedChange(TableOf(change.Kind), change))], changes.Messages, cancellationToken);

    public Task<IReadOnlyList<LeasedMessage>> LeaseAsync(IReadOnlyCollection<string> topics, int limit, TimeSpan duration, CancellationToken cancellationToken) =>
        database.DoAsync((connection, token) => OutboxTable.LeaseAsync(connection, topics, clock.Now(), limit, duration, token), cancellationToken);

    public async Task<bool> ExtendAsync(LeasedMessage message, TimeSpan duration, CancellationToken cancellationToken) =>
        await RunAsync(() => OutboxTable.Extend(message, clock.Now() + duration), cancellationToken) > 0;

    public Task CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => RunAsync(() => OutboxTable.Complete(message), cancellationToken);

    public Task PostponeAsync(LeasedMessage message, DateTimeOffset notBefore, CancellationToken cancellationToken) => RunAsync(() => OutboxTable.Postpone(message, notBefore), cancellationToken);

    public Task<int> CountAsync(int limit, CancellationToken cancellationToken) => database.DoAsync(async (connection, token) =>
    {
        await using var batch = connection.Batch([Commands.Command(OutboxTable.All).With(limit)]);
        return (int)(long)(await batch.ExecuteScalarAsync(token))!;
    }, cancellationToken);

    public Task<IStoreView> ViewAsync(CancellationToken cancellationToken) => PostgresView.OpenAsync(database, TableOf, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await presence.DisposeAsync();
        await fileDatabase.DisposeAsync();
        await database.DisposeAsync();
    }

    private Task<int> RunAsync(Func<NpgsqlBatchCommand> command, CancellationToken cancellationToken) => database.DoAsync(async (connection, token) =>
    {
        await using var batch = connection.Batch([command()]);
        return await batch.ExecuteNonQueryAsync(token);
    }, cancellationToken);

    private KindTable TableOf(DocumentKind kind) => kinds.TryGetValue(kind, out var table)
        ? table
        : throw new InvalidOperationException($"The store was opened without the kind {kind.Name}.");

    private KindTable TableOf<T>(DocumentKind<T> kind, DocumentQuery<T> query)
        where T : class =>
        TableOf(kind) is var table && table.ByPath.ContainsKey(query.Path)
            ? table
            : throw new InvalidOperationException($"{query.Path.Name} is not a path of the kind {kind.Name}.");

    private static void AskStretches(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(OneStretch, connection);
        command.ExecuteNonQuery();
    }

    private static Task AskStretchesAsync(NpgsqlConnection connection) => connection.RunAsync(OneStretch, CancellationToken.None);
}
