using System.Data;
using Npgsql;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Postgres;

/// <summary>A transaction that reads one state of the data, over a connection of its own.</summary>
internal sealed class PostgresView : IStoreView
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction view;
    private readonly Func<DocumentKind, KindTable> tableOf;

    private PostgresView(NpgsqlConnection connection, NpgsqlTransaction view, Func<DocumentKind, KindTable> tableOf)
    {
        this.connection = connection;
        this.view = view;
        this.tableOf = tableOf;
    }

    public static Task<IStoreView> OpenAsync(Database database, Func<DocumentKind, KindTable> tableOf, CancellationToken cancellationToken) => RefusingAsync<IStoreView>(async () =>
    {
        var connection = await database.OpenAsync(cancellationToken);
        try
        {
            var view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);

            // The moment is that of the first read.
            await connection.RunAsync("SELECT 1 FROM outbox LIMIT 1", cancellationToken);
            return new PostgresView(connection, view, tableOf);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    });

    public Task<IReadOnlyList<StoredDocument>> DocumentsAsync(DocumentKind kind, string? after, int limit, CancellationToken cancellationToken) =>
        RowsAsync(tableOf(kind).Following, after, limit, row => new StoredDocument(row.GetString(0), row.GetInt64(1), row.GetInt32(2), StoredBody.Unpack(row.GetFieldValue<byte[]>(3))), cancellationToken);

    public Task<IReadOnlyList<OutboxMessage>> MessagesAsync(string? after, int limit, CancellationToken cancellationToken) =>
        RowsAsync(OutboxTable.Following, after, limit, row => new OutboxMessage(row.GetString(0), row.GetString(1), row.GetString(2), Instants.FromMicroseconds(row.GetInt64(3))), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await view.DisposeAsync();
        await connection.DisposeAsync();
    }

    private Task<IReadOnlyList<T>> RowsAsync<T>(string sql, string? after, int limit, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => RefusingAsync<IReadOnlyList<T>>(async () =>
    {
        var rows = new List<T>();
        await using var batch = connection.Batch([Commands.Command(sql).With(after ?? "").With(limit)], view);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    });

    private static async Task<T> RefusingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (NpgsqlException fault) when (fault.AsRefusal() is var refusal && !ReferenceEquals(refusal, fault))
        {
            throw refusal;
        }
    }
}
