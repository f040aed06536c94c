using System.Collections.Concurrent;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Sqlite;

/// <summary>The statements that read along one path.</summary>
internal sealed class PathQueries(KindTable kind, PathTable path)
{
    private readonly ConcurrentDictionary<QueryShape, string> statements = new();

    /// <summary>Rows of id, version, body version, body, and the order value where the path has one; a count has a row for each.</summary>
    public string Sql(QueryShape shape) => statements.GetOrAdd(shape, Write);

    public Statement Bind(Statement statement, IndexRange range, int limit)
    {
        var parameter = 1;
        foreach (var value in QueryShapes.Values(path, range))
        {
            statement.Bind(parameter++, value);
        }

        return statement.Bind(parameter, limit);
    }

    private string Write(QueryShape shape)
    {
        var isCount = shape.HasFlag(QueryShape.Count);
        var parts = QueryShapes.Parts(path, shape, path.IsApart ? "p" : "d", number => $"?{number}");
        var select = isCount ? "1" : $"d.id, d.version, d.body_version, d.body{(parts.Order is null ? "" : $", {parts.Order}")}";
        var from = (path.IsApart, path.IsCluster, isCount) switch
        {
            (true, _, true) => $"{path.Name} AS p",
            (true, _, false) => $"{path.Name} AS p CROSS JOIN {kind.Table} AS d ON d.id = p.id",
            (false, true, _) => $"{kind.Table} AS d",
            (false, false, _) => $"{kind.Table} AS d INDEXED BY {path.Name}",
        };
        return $"SELECT {select} FROM {from} WHERE {parts.Where}{parts.End}";
    }
}
