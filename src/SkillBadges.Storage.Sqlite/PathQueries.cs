using System.Collections.Concurrent;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Sqlite;

/// <summary>What a statement along a path has besides its equality columns.</summary>
[Flags]
internal enum QueryShape
{
    Plain = 0,
    Lower = 1,
    Upper = 2,
    After = 4,
    Descending = 8,
    Count = 16,
}

/// <summary>
/// The statements that read along one path. Each is one stretch of one index from one end: no scan, no sort, no offset.
/// Parameters come in the order of <see cref="IndexRange"/>: equality, lower, upper, after (order, id), limit.
/// </summary>
internal sealed class PathQueries(KindTable kind, PathTable path)
{
    private const int ShapeBits = 32;

    private readonly ConcurrentDictionary<QueryShape, string> statements = new();

    /// <summary>Every shape that can be asked along this path.</summary>
    public IEnumerable<QueryShape> Shapes => Enumerable.Range(0, ShapeBits).Select(bits => (QueryShape)bits).Where(IsPossible);

    public static QueryShape ShapeOf(IndexRange range, bool isDescending, bool isCount) =>
        (range.Lower.IsAbsent ? 0 : QueryShape.Lower)
        | (range.Upper.IsAbsent ? 0 : QueryShape.Upper)
        | (range.After is null ? 0 : QueryShape.After)
        | (isDescending ? QueryShape.Descending : 0)
        | (isCount ? QueryShape.Count : 0);

    /// <summary>Rows of id, version, body version, body, and the order value where the path has one; a count has a row for each.</summary>
    public string Sql(QueryShape shape) => statements.GetOrAdd(shape, Write);

    public Statement Bind(Statement statement, IndexRange range, int limit)
    {
        var parameter = 1;
        foreach (var value in range.Equal)
        {
            statement.Bind(parameter++, value);
        }

        foreach (var bound in new[] { range.Lower, range.Upper }.Where(bound => !bound.IsAbsent))
        {
            statement.Bind(parameter++, bound);
        }

        if (range.After is { } after)
        {
            if (path.Path.HasOrder)
            {
                statement.Bind(parameter++, range.AfterOrder);
            }

            if (HasIdInOrder)
            {
                statement.Bind(parameter++, after.Id);
            }
        }

        return statement.Bind(parameter, limit);
    }

    // The values of a unique path order its rows by themselves. Without an order column they are all given, and at most one row is there.
    private bool HasIdInOrder => !path.Path.IsUnique || !path.Path.HasOrder;

    private bool IsPossible(QueryShape shape)
    {
        var range = shape & (QueryShape.Lower | QueryShape.Upper);
        if (!path.Path.HasOrder)
        {
            return range == 0;
        }

        var hasReplaced = shape.HasFlag(QueryShape.After) && shape.HasFlag(shape.HasFlag(QueryShape.Descending) ? QueryShape.Upper : QueryShape.Lower);
        var hasNoStart = path.Path.Columns.Count == 1 && !shape.HasFlag(QueryShape.Lower) && !(shape.HasFlag(QueryShape.After) && !shape.HasFlag(QueryShape.Descending));
        return !hasReplaced && !hasNoStart;
    }

    private string Write(QueryShape shape)
    {
        var isCount = shape.HasFlag(QueryShape.Count);
        var rows = path.IsApart ? "p" : "d";
        var columns = path.Columns.Select(column => $"{rows}.{column}").ToArray();
        var order = path.Path.HasOrder ? columns[^1] : null;
        string[] key = [.. order is null ? (string[])[] : [order], .. HasIdInOrder ? (string[])[$"{rows}.id"] : []];
        var parameter = 1;
        var where = new List<string>();
        where.AddRange((order is null ? columns : columns[..^1]).Select(column => $"{column} = ?{parameter++}"));
        where.AddRange(shape.HasFlag(QueryShape.Lower) ? [$"{order} >= ?{parameter++}"] : []);
        where.AddRange(shape.HasFlag(QueryShape.Upper) ? [$"{order} < ?{parameter++}"] : []);
        var (past, direction) = shape.HasFlag(QueryShape.Descending) ? ("<", " DESC") : (">", "");
        if (shape.HasFlag(QueryShape.After))
        {
            var place = string.Join(", ", key.Select(_ => $"?{parameter++}"));
            where.Add(key.Length == 1 ? $"{key[0]} {past} {place}" : $"({string.Join(", ", key)}) {past} ({place})");
        }

        var isOrderCompared = (shape & (QueryShape.Lower | QueryShape.Upper)) != 0 || (shape.HasFlag(QueryShape.After) && key.Length == 1);
        if (order is not null && !isOrderCompared)
        {
            // What the partial index demands, where no comparison with the order column alone says so.
            where.Add($"{order} IS NOT NULL");
        }

        var select = isCount ? "1" : $"d.id, d.version, d.body_version, d.body{(order is null ? "" : $", {order}")}";
        var from = (path.IsApart, path.IsCluster, isCount) switch
        {
            (true, _, true) => $"{path.Name} AS p",
            (true, _, false) => $"{path.Name} AS p CROSS JOIN {kind.Table} AS d ON d.id = p.id",
            (false, true, _) => $"{kind.Table} AS d",
            (false, false, _) => $"{kind.Table} AS d INDEXED BY {path.Name}",
        };
        return $"SELECT {select} FROM {from} WHERE {string.Join(" AND ", where)} ORDER BY {string.Join(", ", key.Select(column => column + direction))} LIMIT ?{parameter}";
    }
}
