using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>
/// A kind whose rows are to lie in another order moves to a new table, in batches: what is in the old table is still to
/// be moved, so that a killed move continues.
/// </summary>
internal sealed class KindMove(Connection connection, KindTable kind)
{
    private const int Batch = 500;

    private readonly string old = $"old_{kind.Table}";

    public void Begin(string clustered)
    {
        connection.Run("BEGIN IMMEDIATE");
        foreach (var name in Names("type = 'index' AND sql IS NOT NULL"))
        {
            connection.Execute($"DROP INDEX {name}");
        }

        foreach (var name in Names("type = 'table'"))
        {
            connection.Execute($"DROP TABLE {name}");
        }

        connection.Execute($"ALTER TABLE {kind.Table} RENAME TO {old}");
        connection.Execute(kind.Create);
        using (var forget = connection.Prepare("DELETE FROM layout_path WHERE kind = ?1"))
        {
            forget.Bind(1, kind.Kind.Name).Run();
        }

        foreach (var path in kind.Paths)
        {
            if (!path.IsCluster)
            {
                connection.Execute(path.Create());
            }

            using var remember = connection.Prepare("INSERT INTO layout_path VALUES (?1, ?2, ?3, NULL)");
            remember.Bind(1, kind.Kind.Name).Bind(2, path.Path.Name).Bind(3, path.Declaration).Run();
        }

        using (var update = connection.Prepare("UPDATE layout_kind SET clustered = ?2 WHERE kind = ?1"))
        {
            update.Bind(1, kind.Kind.Name).Bind(2, clustered).Run();
        }

        connection.Run("COMMIT");
    }

    public void Finish(CancellationToken cancellationToken)
    {
        if (Names($"type = 'table' AND name = '{old}'", anyName: true).Count == 0)
        {
            return;
        }

        bool isMore;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            connection.Run("BEGIN IMMEDIATE");
            isMore = MoveBatch();
            if (!isMore)
            {
                connection.Execute($"DROP TABLE {old}");
            }

            connection.Run("COMMIT");
        }
        while (isMore);
    }

    private bool MoveBatch()
    {
        var moved = new List<string>();
        using (var documents = connection.Prepare($"SELECT id, version, body_version, body FROM {old} ORDER BY id LIMIT {Batch}"))
        {
            while (documents.Step())
            {
                var document = StoredBody.Read(kind.Kind, documents.Blob(3), (int)documents.Number(2));
                new DocumentRows(kind, document, StoredBody.Pack(kind.Kind.Write(document)), kind.Kind.BodyVersion).Insert(connection, documents.Text(0), documents.Number(1));
                moved.Add(documents.Text(0));
            }
        }

        foreach (var id in moved)
        {
            using var delete = connection.Prepare($"DELETE FROM {old} WHERE id = ?1");
            delete.Bind(1, id).Run();
        }

        return moved.Count > 0;
    }

    /// <summary>Names of what belongs to the paths of the kind, or any name.</summary>
    private List<string> Names(string condition, bool anyName = false)
    {
        var names = new List<string>();
        using var select = connection.Prepare($"SELECT name FROM sqlite_schema WHERE {condition}{(anyName ? "" : $" AND substr(name, 1, {kind.Kind.Name.Length + 4}) = 'p_{kind.Kind.Name}__'")}");
        while (select.Step())
        {
            names.Add(select.Text(0));
        }

        return names;
    }
}
