using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite.Engine;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>What one document is in the file: its packed body, and its rows along every path.</summary>
internal sealed class DocumentRows(KindTable table, object document, byte[] body, int bodyVersion)
{

    /// <summary>The one row of each inline path; empty when the document is not on that path.</summary>
    private readonly IndexValue[][] inline = [.. table.Inline.Select(path => InlineRow(table, path, document))];

    /// <summary>The rows of each path that has a table of its own.</summary>
    private readonly (PathTable Path, IReadOnlyList<IndexValue[]> Rows)[] apart =
        [.. table.Paths.Where(path => path.IsApart).Select(path => (path, path.Path.RowsOf(document)))];

    public void Insert(Connection connection, string id, long version)
    {
        using (var insert = connection.Prepare(table.Insert))
        {
            insert.Bind(1, id).Bind(2, version).Bind(3, bodyVersion).Bind(4, body);
            BindRows(insert, 5, ulong.MaxValue);
            insert.Run();
        }

        foreach (var (path, rows) in apart)
        {
            IndexRows.Add(connection, path, id, rows);
        }
    }

    /// <param name="stored">The row as <see cref="KindTable.VersionOf"/> gives it.</param>
    public ulong ChangedPaths(Statement stored)
    {
        var changed = 0UL;
        var column = 1;
        for (var i = 0; i < inline.Length; i++)
        {
            for (var j = 0; j < table.Inline[i].Columns.Length; j++, column++)
            {
                if (stored.Value(column) != (inline[i].Length == 0 ? default : inline[i][j]))
                {
                    changed |= 1UL << i;
                }
            }
        }

        return changed;
    }

    public void Update(Connection connection, string id, ulong changedPaths)
    {
        using (var update = connection.Prepare(table.Update(changedPaths)))
        {
            update.Bind(1, id).Bind(2, bodyVersion).Bind(3, body);
            BindRows(update, 4, changedPaths);
            update.Run();
        }

        foreach (var (path, rows) in apart)
        {
            IndexRows.Replace(connection, path, id, rows);
        }
    }

    private static IndexValue[] InlineRow(KindTable table, PathTable path, object document) => path.Path.RowsOf(document) switch
    {
        [var row, ..] => row,
        _ when path.IsCluster => throw new InvalidOperationException($"A {table.Kind.Name} has no value for {path.Path.Name}, by which its rows lie on disk."),
        _ => [],
    };

    private void BindRows(Statement statement, int parameter, ulong paths)
    {
        for (var i = 0; i < inline.Length; i++)
        {
            if ((paths & (1UL << i)) == 0)
            {
                continue;
            }

            for (var j = 0; j < table.Inline[i].Columns.Length; j++)
            {
                statement.Bind(parameter++, inline[i].Length == 0 ? default : inline[i][j]);
            }
        }
    }
}
