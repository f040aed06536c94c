using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Sqlite;

/// <summary>A transaction that reads, over a connection of its own.</summary>
internal sealed class SqliteView : IStoreView
{
    private readonly Connection connection;
    private readonly Func<DocumentKind, KindTable> tableOf;

    public SqliteView(string file, Func<DocumentKind, KindTable> tableOf)
    {
        this.tableOf = tableOf;
        connection = Connection.ForReading(file);
        connection.Run("BEGIN");

        // The moment is that of the first read.
        using var first = connection.Prepare("SELECT 1 FROM outbox LIMIT 1");
        first.Step();
    }

    public Task<IReadOnlyList<StoredDocument>> DocumentsAsync(DocumentKind kind, string? after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var documents = new List<StoredDocument>();
        using var select = connection.Prepare(tableOf(kind).Following);
        select.Bind(1, after ?? "").Bind(2, limit);
        while (select.Step())
        {
            documents.Add(new(select.Text(0), select.Number(1), (int)select.Number(2), StoredBody.Unpack(select.Blob(3))));
        }

        return Task.FromResult<IReadOnlyList<StoredDocument>>(documents);
    }

    public Task<IReadOnlyList<OutboxMessage>> MessagesAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var messages = new List<OutboxMessage>();
        using var select = connection.Prepare(OutboxTable.Following);
        select.Bind(1, after ?? "").Bind(2, limit);
        while (select.Step())
        {
            messages.Add(new(select.Text(0), select.Text(1), select.Text(2), Instants.FromMicroseconds(select.Number(3))));
        }

        return Task.FromResult<IReadOnlyList<OutboxMessage>>(messages);
    }

    public ValueTask DisposeAsync()
    {
        connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
