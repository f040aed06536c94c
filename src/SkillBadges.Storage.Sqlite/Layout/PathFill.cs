using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>
/// Fills the paths that were added to a kind that has documents, in batches in the order of ids; <c>filled_to</c> is the
/// last id done, so that a killed fill continues. Then the index is built.
/// </summary>
internal sealed class PathFill(Connection connection, KindTable kind)
{
    private const int Batch = 500;

    public void Finish(CancellationToken cancellationToken)
    {
        foreach (var path in kind.Paths)
        {
            if (FilledTo(path) is { } filledTo)
            {
                Fill(path, filledTo, cancellationToken);
            }
        }
    }

    private void Fill(PathTable path, string filledTo, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Run("BEGIN IMMEDIATE");
            var last = FillBatch(path, filledTo);
            if (last is null && !path.IsApart)
            {
                connection.Execute(path.Create());
            }

            using (var update = connection.Prepare("UPDATE layout_path SET filled_to = ?3 WHERE kind = ?1 AND path = ?2"))
            {
                update.Bind(1, kind.Kind.Name).Bind(2, path.Path.Name);
                _ = last is null ? update : update.Bind(3, last);
                update.Run();
            }

            connection.Run("COMMIT");
            if (last is null)
            {
                return;
            }

            filledTo = last;
        }
    }

    /// <summary>The last id done, or null when there is none left.</summary>
    private string? FillBatch(PathTable path, string filledTo)
    {
        var batch = new List<(string Id, IReadOnlyList<IndexValue[]> Rows)>(Batch);
        using (var documents = connection.Prepare($"SELECT id, version, body_version, body FROM {kind.Table} WHERE id > ?1 ORDER BY id LIMIT {Batch}"))
        {
            documents.Bind(1, filledTo);
            while (documents.Step())
            {
                batch.Add((documents.Text(0), path.Path.RowsOf(StoredBody.Read(kind.Kind, documents.Blob(3), (int)documents.Number(2)))));
            }
        }

        foreach (var (id, rows) in batch)
        {
            if (path.IsApart)
            {
                IndexRows.Replace(connection, path, id, rows);
            }
            else if (rows is [var row])
            {
                Write(path, id, row);
            }
        }

        return batch is [.., var last] ? last.Id : null;
    }

    private void Write(PathTable path, string id, IndexValue[] row)
    {
        var columns = path.Columns.Select((column, i) => $"{column} = ?{i + 2}");
        using var update = connection.Prepare($"UPDATE {kind.Table} SET {string.Join(", ", columns)} WHERE id = ?1");
        update.Bind(1, id);
        for (var i = 0; i < row.Length; i++)
        {
            update.Bind(i + 2, row[i]);
        }

        update.Run();
    }

    private string? FilledTo(PathTable path)
    {
        using var known = connection.Prepare("SELECT filled_to FROM layout_path WHERE kind = ?1 AND path = ?2 AND filled_to IS NOT NULL");
        return known.Bind(1, kind.Kind.Name).Bind(2, path.Path.Name).Step() ? known.Text(0) : null;
    }
}
