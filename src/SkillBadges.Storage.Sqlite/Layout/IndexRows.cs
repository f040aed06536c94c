using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>The rows of a document in a path that has a table of its own.</summary>
internal static class IndexRows
{
    public static void Add(Connection connection, PathTable path, string id, IReadOnlyList<IndexValue[]> rows)
    {
        foreach (var row in rows)
        {
            using var insert = connection.Prepare($"INSERT INTO {path.Name} VALUES ({string.Join(", ", Enumerable.Range(1, path.Columns.Length + 1).Select(i => $"?{i}"))})");
            for (var i = 0; i < row.Length; i++)
            {
                insert.Bind(i + 1, row[i]);
            }

            insert.Bind(row.Length + 1, id).Run();
        }
    }

    /// <summary>Leaves rows that stay as they are.</summary>
    public static void Replace(Connection connection, PathTable path, string id, IReadOnlyList<IndexValue[]> rows)
    {
        var stored = Stored(connection, path, id);
        if (stored.Count == rows.Count && rows.All(row => stored.Exists(row.SequenceEqual)))
        {
            return;
        }

        using (var delete = connection.Prepare($"DELETE FROM {path.Name} WHERE id = ?1"))
        {
            delete.Bind(1, id).Run();
        }

        Add(connection, path, id, rows);
    }

    private static List<IndexValue[]> Stored(Connection connection, PathTable path, string id)
    {
        var rows = new List<IndexValue[]>();
        using var select = connection.Prepare($"SELECT {string.Join(", ", path.Columns)} FROM {path.Name} WHERE id = ?1");
        select.Bind(1, id);
        while (select.Step())
        {
            rows.Add([.. Enumerable.Range(0, path.Columns.Length).Select(select.Value)]);
        }

        return rows;
    }
}
