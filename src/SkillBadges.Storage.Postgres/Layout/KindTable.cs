using System.Collections.Concurrent;
using System.Collections.Immutable;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;

namespace SkillBadges.Storage.Postgres.Layout;

/// <summary>
/// How one kind lies in the database, and the statements for its rows. The body is the same bytes as in every engine; PostgreSQL has no
/// lasting order of rows, so a kind's clustering path is an index like the others here.
/// </summary>
internal sealed class KindTable
{
    private readonly ConcurrentDictionary<(AccessPath, QueryShape), string> queries = new();

    public KindTable(DocumentKind kind)
    {
        Kind = kind;
        Table = StoredName.Join($"d_{StoredName.Require(kind.Name)}");
        Paths = [.. kind.AccessPaths.Select(path => new PathTable(Table, kind.Name, path, path == kind.Cluster))];
        ByPath = Paths.ToImmutableDictionary(path => path.Path);
        Inline = [.. Paths.Where(path => !path.IsApart)];
        Apart = [.. Paths.Where(path => path.IsApart)];
        var columns = Inline.SelectMany(path => path.Columns).ToArray();
        Insert = $"INSERT INTO {Table} ({string.Join(", ", ["id", "version", "body_version", "body", .. columns])}) VALUES ($1, 1, {string.Join(", ", Enumerable.Range(2, columns.Length + 2).Select(n => $"${n}"))})";
        Update = $"UPDATE {Table} SET version = version + 1, body_version = $2, body = $3{string.Concat(columns.Select((column, i) => $", {column} = ${i + 4}"))} WHERE id = $1";
    }

    public DocumentKind Kind { get; }

    public string Table { get; }

    public ImmutableArray<PathTable> Paths { get; }

    /// <summary>The paths whose columns are in the kind's own table.</summary>
    public ImmutableArray<PathTable> Inline { get; }

    /// <summary>The paths that have a table of their own.</summary>
    public ImmutableArray<PathTable> Apart { get; }

    public ImmutableDictionary<AccessPath, PathTable> ByPath { get; }

    /// <summary>id, version, body version, body of the ids in $1.</summary>
    public string Find => $"SELECT id, version, body_version, body FROM {Table} WHERE id = ANY($1)";

    /// <summary>id, version, body version, body of what lies behind $1, up to $2.</summary>
    public string Following => $"SELECT id, version, body_version, body FROM {Table} WHERE id > $1 ORDER BY id LIMIT $2";

    /// <summary>Version of $1, which nobody changes until the transaction ends.</summary>
    public string LockShared => $"SELECT version FROM {Table} WHERE id = $1 FOR SHARE";

    /// <summary>Version of $1, which nobody changes or relies on until the transaction ends.</summary>
    public string LockToWrite => $"SELECT version FROM {Table} WHERE id = $1 FOR UPDATE";

    /// <summary>$1 id, $2 body version, $3 body, then the columns of the inline paths.</summary>
    public string Insert { get; }

    /// <summary>As <see cref="Insert"/>.</summary>
    public string Update { get; }

    /// <summary>$1 id, $2 version.</summary>
    public string SetVersion => $"UPDATE {Table} SET version = $2 WHERE id = $1";

    public string Delete => $"DELETE FROM {Table} WHERE id = $1";

    // Bodies are packed already, so the server need not try to compress them.
    public string Create => $"""
        CREATE TABLE {Table} ({string.Join(", ", ["id text COLLATE \"C\" PRIMARY KEY, version bigint NOT NULL, body_version int NOT NULL, body bytea NOT NULL", .. Inline.Select(PathSql.ColumnsSql)])});
        ALTER TABLE {Table} ALTER COLUMN body SET STORAGE EXTERNAL
        """;

    /// <summary>Rows of id, version, body version, body, and the order value where the path has one; a count has a row for each.</summary>
    public string Query(PathTable path, QueryShape shape) => queries.GetOrAdd((path.Path, shape), _ => WriteQuery(path, shape));

    private string WriteQuery(PathTable path, QueryShape shape)
    {
        var isCount = shape.HasFlag(QueryShape.Count);
        var parts = QueryShapes.Parts(path, shape, path.IsApart ? "p" : "d", number => $"${number}");
        var select = isCount ? "1" : $"d.id, d.version, d.body_version, d.body{(parts.Order is null ? "" : $", {parts.Order}")}";
        var from = (path.IsApart, isCount) switch
        {
            (true, true) => $"{path.Name} AS p",
            (true, false) => $"{path.Name} AS p JOIN {Table} AS d ON d.id = p.id",
            _ => $"{Table} AS d",
        };
        var stretch = $"SELECT {select} FROM {from} WHERE {parts.Where}{parts.End}";
        return isCount ? $"SELECT count(*) FROM ({stretch}) AS stretch" : stretch;
    }
}
