using SkillBadges.Core;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>
/// Brings the file to what this build declares, before anybody reads: new kinds, new and changed paths, dropped ones.
/// What was begun and killed is found in the file and continued. <c>layout_kind</c> and <c>layout_path</c> remember
/// what the file holds.
/// </summary>
internal sealed class StoreLayout(Connection connection)
{
    private const int Format = 1;

    /// <exception cref="RefusedException">
    /// <c>storage.newer-than-build</c>; <c>storage.path-not-unique</c> when documents contradict a path that is now unique.
    /// </exception>
    public void Bring(IReadOnlyList<KindTable> kinds, CancellationToken cancellationToken)
    {
        var format = Scalar("PRAGMA user_version");
        if (format > Format)
        {
            throw Newer();
        }

        if (format == 0)
        {
            Begin();
            connection.Execute("CREATE TABLE layout_kind (kind TEXT PRIMARY KEY, body_version INTEGER NOT NULL, clustered TEXT NOT NULL) WITHOUT ROWID");
            connection.Execute("CREATE TABLE layout_path (kind TEXT NOT NULL, path TEXT NOT NULL, declaration TEXT NOT NULL, filled_to TEXT, PRIMARY KEY (kind, path)) WITHOUT ROWID");
            connection.Execute(OutboxTable.Create);
            connection.Execute($"PRAGMA user_version = {Format}");
            Commit();
        }

        foreach (var kind in kinds)
        {
            RefuseNewer(kind);
        }

        CreateKinds(kinds);
        foreach (var kind in kinds)
        {
            try
            {
                Bring(kind, cancellationToken);
            }
            catch (SqliteException fault) when (fault.IsUniqueViolation)
            {
                throw Refused.Conflict("storage.path-not-unique", $"Documents of kind {kind.Kind.Name} share values that this version demands to be unique ({fault.Message}).");
            }
        }
    }

    private void Bring(KindTable kind, CancellationToken cancellationToken)
    {
        var clustered = ClusteredBy(kind);
        if (RememberedCluster(kind) != clustered)
        {
            new KindMove(connection, kind).Begin(clustered);
        }

        new KindMove(connection, kind).Finish(cancellationToken);
        DropOldPaths(kind);
        AddNewPaths(kind);
        new PathFill(connection, kind).Finish(cancellationToken);
        using var update = connection.Prepare("UPDATE layout_kind SET body_version = ?2 WHERE kind = ?1 AND body_version < ?2");
        update.Bind(1, kind.Kind.Name).Bind(2, kind.Kind.BodyVersion).Run();
    }

    /// <summary>All new kinds in one transaction: a fresh store is one write.</summary>
    private void CreateKinds(IReadOnlyList<KindTable> kinds)
    {
        Begin();
        foreach (var kind in kinds.Where(kind => RememberedCluster(kind) is null))
        {
            connection.Execute(kind.Create);
            foreach (var path in kind.Paths)
            {
                if (!path.IsCluster)
                {
                    connection.Execute(path.Create());
                }

                Remember(kind, path, filledTo: null);
            }

            using var insert = connection.Prepare("INSERT INTO layout_kind VALUES (?1, ?2, ?3)");
            insert.Bind(1, kind.Kind.Name).Bind(2, kind.Kind.BodyVersion).Bind(3, ClusteredBy(kind)).Run();
        }

        Commit();
    }

    private static string ClusteredBy(KindTable kind) => kind.Cluster?.Declaration ?? "";

    /// <summary>Null for a kind that the file does not hold yet.</summary>
    private string? RememberedCluster(KindTable kind)
    {
        using var known = connection.Prepare("SELECT clustered FROM layout_kind WHERE kind = ?1");
        return known.Bind(1, kind.Kind.Name).Step() ? known.Text(0) : null;
    }

    private void DropOldPaths(KindTable kind)
    {
        var declared = kind.Paths.ToDictionary(path => path.Path.Name, path => path.Declaration);
        var dropped = new List<string>();
        using (var known = connection.Prepare("SELECT path, declaration FROM layout_path WHERE kind = ?1"))
        {
            known.Bind(1, kind.Kind.Name);
            while (known.Step())
            {
                if (declared.GetValueOrDefault(known.Text(0)) != known.Text(1))
                {
                    dropped.Add(known.Text(0));
                }
            }
        }

        foreach (var path in dropped)
        {
            Begin();
            connection.Execute($"DROP INDEX IF EXISTS p_{kind.Kind.Name}__{path}__id");
            DropPath(kind, path);
            using (var forget = connection.Prepare("DELETE FROM layout_path WHERE kind = ?1 AND path = ?2"))
            {
                forget.Bind(1, kind.Kind.Name).Bind(2, path).Run();
            }

            Commit();
        }
    }

    private void DropPath(KindTable kind, string path)
    {
        var name = $"p_{kind.Kind.Name}__{path}";
        var isTable = Scalar($"SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = '{name}'") > 0;
        connection.Execute(isTable ? $"DROP TABLE {name}" : $"DROP INDEX IF EXISTS {name}");

        // The columns go as well: a value that nobody maintains would outlive its erasure.
        foreach (var column in ColumnsOf(kind.Table).Where(column => column.StartsWith($"{path}__", StringComparison.Ordinal)))
        {
            connection.Execute($"ALTER TABLE {kind.Table} DROP COLUMN {column}");
        }
    }

    private void AddNewPaths(KindTable kind)
    {
        foreach (var path in kind.Paths)
        {
            using (var known = connection.Prepare("SELECT 1 FROM layout_path WHERE kind = ?1 AND path = ?2"))
            {
                if (known.Bind(1, kind.Kind.Name).Bind(2, path.Path.Name).Step())
                {
                    continue;
                }
            }

            Begin();
            if (path.IsApart)
            {
                connection.Execute(path.Create());
            }
            else
            {
                foreach (var column in path.ColumnsSql().Split(", "))
                {
                    connection.Execute($"ALTER TABLE {kind.Table} ADD COLUMN {column}");
                }
            }

            Remember(kind, path, filledTo: "");
            Commit();
        }
    }

    private void Remember(KindTable kind, PathTable path, string? filledTo)
    {
        using var insert = connection.Prepare($"INSERT INTO layout_path VALUES (?1, ?2, ?3, {(filledTo is null ? "NULL" : "''")})");
        insert.Bind(1, kind.Kind.Name).Bind(2, path.Path.Name).Bind(3, path.Declaration).Run();
    }

    private void RefuseNewer(KindTable kind)
    {
        using var known = connection.Prepare("SELECT body_version FROM layout_kind WHERE kind = ?1");
        if (known.Bind(1, kind.Kind.Name).Step() && known.Number(0) > kind.Kind.BodyVersion)
        {
            throw Newer();
        }
    }

    private List<string> ColumnsOf(string table)
    {
        var columns = new List<string>();
        using var info = connection.Prepare("SELECT name FROM pragma_table_info(?1)");
        info.Bind(1, table);
        while (info.Step())
        {
            columns.Add(info.Text(0));
        }

        return columns;
    }

    private long Scalar(string sql)
    {
        using var statement = connection.Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    private void Begin() => connection.Run("BEGIN IMMEDIATE");

    private void Commit() => connection.Run("COMMIT");

    private static RefusedException Newer() =>
        Refused.Conflict("storage.newer-than-build", "The data were written by a newer version of SkillBadges; please start that version.");
}
