namespace SkillBadges.Core.Storage.Relational;

/// <summary>What a statement along a path has besides its equality columns.</summary>
[Flags]
public enum QueryShape
{
    Plain = 0,
    Lower = 1,
    Upper = 2,
    After = 4,
    Descending = 8,
    Count = 16,
}

public static class QueryShapes
{
    private const int ShapeBits = 32;

    public static QueryShape Of(IndexRange range, bool isDescending, bool isCount) =>
        (range.Lower.IsAbsent ? 0 : QueryShape.Lower)
        | (range.Upper.IsAbsent ? 0 : QueryShape.Upper)
        | (range.After is null ? 0 : QueryShape.After)
        | (isDescending ? QueryShape.Descending : 0)
        | (isCount ? QueryShape.Count : 0);

    /// <summary>Every shape that can be asked along a path.</summary>
    public static IEnumerable<QueryShape> Along(AccessPath path) => Enumerable.Range(0, ShapeBits).Select(bits => (QueryShape)bits).Where(shape => IsPossible(path, shape));

    /// <summary>The values of a statement's parameters, in order: equality, lower, upper, after (order, id).</summary>
    public static IEnumerable<IndexValue> Values(PathTable path, IndexRange range)
    {
        var bounds = new[] { range.Lower, range.Upper }.Where(bound => !bound.IsAbsent);
        IEnumerable<IndexValue> after = range.After is not { } place
            ? []
            : [.. path.Path.HasOrder ? (IndexValue[])[range.AfterOrder] : [], .. path.HasIdInOrder ? (IndexValue[])[place.Id] : []];
        return [.. range.Equal, .. bounds, .. after];
    }

    /// <summary>
    /// The conditions of a statement and the columns that order its rows. Each is one stretch of one index from one end: no scan, no sort, no offset.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="shape">One of those <see cref="Along"/> it.</param>
    /// <param name="rows">The name that the path's rows have in the statement.</param>
    /// <param name="parameter">How the engine writes its n-th parameter, from 1.</param>
    public static StatementParts Parts(PathTable path, QueryShape shape, string rows, Func<int, string> parameter)
    {
        var columns = path.Columns.Select(column => $"{rows}.{column}").ToArray();
        var order = path.Path.HasOrder ? columns[^1] : null;
        string[] key = [.. order is null ? (string[])[] : [order], .. path.HasIdInOrder ? (string[])[$"{rows}.id"] : []];
        var next = 1;
        var where = new List<string>();
        where.AddRange((order is null ? columns : columns[..^1]).Select(column => $"{column} = {parameter(next++)}"));
        where.AddRange(shape.HasFlag(QueryShape.Lower) ? [$"{order} >= {parameter(next++)}"] : []);
        where.AddRange(shape.HasFlag(QueryShape.Upper) ? [$"{order} < {parameter(next++)}"] : []);
        var (past, direction) = shape.HasFlag(QueryShape.Descending) ? ("<", " DESC") : (">", "");
        if (shape.HasFlag(QueryShape.After))
        {
            var place = string.Join(", ", key.Select(_ => parameter(next++)));
            where.Add(key.Length == 1 ? $"{key[0]} {past} {place}" : $"({string.Join(", ", key)}) {past} ({place})");
        }

        var isOrderCompared = (shape & (QueryShape.Lower | QueryShape.Upper)) != 0 || (shape.HasFlag(QueryShape.After) && key.Length == 1);
        if (order is not null && !isOrderCompared)
        {
            // What the partial index demands, where no comparison with the order column alone says so.
            where.Add($"{order} IS NOT NULL");
        }

        // A unique path without an order gives one row at most; to ask for an order might tempt a planner to another index.
        var sorted = path.Path.IsUnique && order is null ? "" : $" ORDER BY {string.Join(", ", key.Select(column => column + direction))}";
        return new(order, string.Join(" AND ", where), $"{sorted} LIMIT {parameter(next)}");
    }

    private static bool IsPossible(AccessPath path, QueryShape shape)
    {
        var range = shape & (QueryShape.Lower | QueryShape.Upper);
        if (!path.HasOrder)
        {
            return range == 0;
        }

        var hasReplaced = shape.HasFlag(QueryShape.After) && shape.HasFlag(shape.HasFlag(QueryShape.Descending) ? QueryShape.Upper : QueryShape.Lower);
        var hasNoStart = path.Columns.Count == 1 && !shape.HasFlag(QueryShape.Lower) && !(shape.HasFlag(QueryShape.After) && !shape.HasFlag(QueryShape.Descending));
        return !hasReplaced && !hasNoStart;
    }
}

/// <param name="Order">The order column, or null.</param>
/// <param name="End">The order of the rows, and how many at most, which is the last parameter.</param>
public sealed record StatementParts(string? Order, string Where, string End);
