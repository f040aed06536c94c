using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;

namespace SkillBadges.Storage.Sqlite.Layout;

/// <summary>How one kind lies in the file, and the statements for its rows.</summary>
internal sealed class KindTable
{
    // Statements that write some paths only, by a bit for each.
    private readonly System.Collections.Concurrent.ConcurrentDictionary<ulong, string> updates = new();

    public KindTable(DocumentKind kind)
    {
        Kind = kind;
        Table = $"d_{StoredName.Require(kind.Name)}";
        if (kind.Cluster is { } cluster && !kind.AccessPaths.Contains(cluster))
        {
            throw new InvalidOperationException($"{kind.Name} is clustered by {cluster.Name}, which is not one of its paths.");
        }

        Paths = [.. kind.AccessPaths.Select(path => new PathTable(Table, kind.Name, path, path == kind.Cluster))];
        if (Paths.Length > 64 || Paths.DistinctBy(path => path.Path.Name).Count() < Paths.Length)
        {
            throw new InvalidOperationException($"{kind.Name} has two paths of one name, or more than 64.");
        }

        ByPath = Paths.ToDictionary(path => path.Path);
        Inline = [.. Paths.Where(path => !path.IsApart)];
        var columns = Inline.SelectMany(path => path.Columns).ToArray();
        Find = $"SELECT id, version, body_version, body FROM {Table} WHERE id = ?1";
        VersionOf = $"SELECT {string.Join(", ", ["version", .. columns])} FROM {Table} WHERE id = ?1";
        Insert = $"INSERT INTO {Table} ({string.Join(", ", ["id", "version", "body_version", "body", .. columns])}) VALUES (?1, {string.Join(", ", Enumerable.Range(2, columns.Length + 3).Select(i => $"?{i}"))})";
        Delete = $"DELETE FROM {Table} WHERE id = ?1";
    }

    public DocumentKind Kind { get; }

    public string Table { get; }

    public PathTable[] Paths { get; }

    /// <summary>The paths whose columns are in the kind's own table.</summary>
    public PathTable[] Inline { get; }

    public Dictionary<AccessPath, PathTable> ByPath { get; }

    public PathTable? Cluster => Array.Find(Paths, path => path.IsCluster);

    /// <summary>id, version, body version, body of ?1.</summary>
    public string Find { get; }

    /// <summary>Version of ?1, then the columns of the inline paths.</summary>
    public string VersionOf { get; }

    /// <summary>?1 id, ?2 version, ?3 body version, ?4 body, then the columns of the inline paths.</summary>
    public string Insert { get; }

    public string Delete { get; }

    /// <summary>id, version, body version, body of what lies behind ?1, up to ?2.</summary>
    public string Following => $"SELECT id, version, body_version, body FROM {Table} WHERE id > ?1 ORDER BY id LIMIT ?2";

    public string Create
    {
        get
        {
            string[] parts =
            [
                "id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, body_version INTEGER NOT NULL",
                .. Inline.Select(path => path.ColumnsSql()),
                "body BLOB NOT NULL",
                .. Cluster is { } cluster ? (string[])[$"PRIMARY KEY ({cluster.Key})"] : [],
            ];
            return $"CREATE TABLE {Table} ({string.Join(", ", parts)}){(Cluster is null ? "" : " WITHOUT ROWID")}";
        }
    }

    /// <summary>?1 id, ?2 body version, ?3 body, then the columns of the inline paths whose bit is set; unchanged ones are not written.</summary>
    public string Update(ulong paths) => updates.GetOrAdd(paths, bits =>
    {
        var columns = Inline.Where((_, i) => (bits & (1UL << i)) != 0).SelectMany(path => path.Columns).Select((column, i) => $", {column} = ?{i + 4}");
        return $"UPDATE {Table} SET version = version + 1, body_version = ?2, body = ?3{string.Concat(columns)} WHERE id = ?1";
    });
}
