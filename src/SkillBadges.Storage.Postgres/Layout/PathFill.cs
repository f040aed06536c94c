using Npgsql;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Postgres.Engine;

namespace SkillBadges.Storage.Postgres.Layout;

/// <summary>
/// Fills the paths that were added to a kind that has documents, in batches in the order of ids; <c>filled_to</c> is the
/// last id done, so that a killed fill continues. Then the index is built while others read and write.
/// </summary>
internal sealed class PathFill(NpgsqlConnection connection, KindTable kind)
{
    private const int Batch = 500;

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        foreach (var path in kind.Paths)
        {
            for (var from = await FilledToAsync(path, cancellationToken); from is not null;)
            {
                from = await FillAsync(path, from, cancellationToken);
            }
        }
    }

    /// <summary>The last id done, or null when the path can be asked.</summary>
    private async Task<string?> FillAsync(PathTable path, string from, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var documents = await DocumentsAsync(from, cancellationToken);
        if (documents is not [.., var last])
        {
            await transaction.CommitAsync(cancellationToken);
            await FinishAsync(path, cancellationToken);
            return null;
        }

        var commands = documents.SelectMany(document => Rows(path, document.Id, path.Path.RowsOf(document.Document)))
            .Append(Commands.Command("UPDATE layout_path SET filled_to = $3 WHERE kind = $1 AND path = $2").With(kind.Kind.Name).With(path.Path.Name).With(last.Id));
        await using var batch = connection.Batch(commands, transaction);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return last.Id;
    }

    private async Task FinishAsync(PathTable path, CancellationToken cancellationToken)
    {
        if (!path.IsApart)
        {
            // One that failed half-way is there but not valid.
            await connection.RunAsync($"DROP INDEX IF EXISTS {path.Name}", cancellationToken);
            try
            {
                await connection.RunAsync(path.CreateIndex(online: true), cancellationToken);
            }
            catch (PostgresException fault) when (fault.IsUniqueViolation())
            {
                await connection.RunAsync($"DROP INDEX IF EXISTS {path.Name}", cancellationToken);
                throw;
            }
        }

        await connection.RunAsync($"UPDATE layout_path SET filled_to = NULL WHERE kind = '{kind.Kind.Name}' AND path = '{path.Path.Name}'", cancellationToken);
    }

    private IEnumerable<NpgsqlBatchCommand> Rows(PathTable path, string id, IReadOnlyList<IndexValue[]> rows)
    {
        if (path.IsApart)
        {
            return [Commands.Command(path.Delete()).With(id), .. IndexRows.Insert(path, id, rows)];
        }

        var columns = path.Columns.Select((column, i) => $"{column} = ${i + 2}");
        return rows.Select(row => row.Aggregate(Commands.Command($"UPDATE {kind.Table} SET {string.Join(", ", columns)} WHERE id = $1").With(id), (command, value) => command.With(value)));
    }

    private async Task<List<(string Id, object Document)>> DocumentsAsync(string from, CancellationToken cancellationToken)
    {
        var documents = new List<(string, object)>(Batch);
        await using var batch = connection.Batch([Commands.Command($"SELECT id, body_version, body FROM {kind.Table} WHERE id > $1 ORDER BY id LIMIT {Batch} FOR UPDATE").With(from)]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            documents.Add((reader.GetString(0), StoredBody.Read(kind.Kind, reader.GetFieldValue<byte[]>(2), reader.GetInt32(1))));
        }

        return documents;
    }

    private async Task<string?> FilledToAsync(PathTable path, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch([Commands.Command("SELECT filled_to FROM layout_path WHERE kind = $1 AND path = $2").With(kind.Kind.Name).With(path.Path.Name)]);
        return await batch.ExecuteScalarAsync(cancellationToken) as string;
    }
}
