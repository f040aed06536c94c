namespace SkillBadges.Core.Storage;

/// <summary>
/// One stretch of an index, read from one end: rows with these equality values and an order value from
/// <see cref="Lower"/> (included) to <see cref="Upper"/> (excluded), behind the row that <see cref="After"/> names.
/// An absent bound is none. Where a cursor stands, it replaces the bound on its side, so that an engine has one start.
/// </summary>
public sealed record IndexRange(IReadOnlyList<IndexValue> Equal, IndexValue Lower, IndexValue Upper, PageCursor? After)
{
    public IndexValue First => Equal.Count > 0 ? Equal[0] : default;

    public IndexValue AfterOrder => new(After?.OrderText, After?.OrderNumber);

    /// <summary>The stretches of a query in the order of its answer: one for each first value that is not behind the cursor.</summary>
    /// <exception cref="RefusedException"><c>paging.cursor</c> when the cursor is of another path.</exception>
    public static IReadOnlyList<IndexRange> Of<T>(DocumentQuery<T> query)
        where T : class
    {
        var path = query.Path;
        var (lower, upper) = BoundsOf(query);
        var cursor = CursorOf(query);
        if (path.EqualityCount == 0)
        {
            return [Behind(cursor, new([], lower, upper, null), query.IsDescending)];
        }

        var ascending = query.First.Order(IndexValueOrder.Instance);
        var firsts = query.IsDescending ? ascending.Reverse() : ascending;
        var ranges = new List<IndexRange>(query.First.Length);
        foreach (var first in firsts)
        {
            var place = cursor is null ? 1 : IndexValueOrder.Instance.Compare(first, new(cursor.FirstText, cursor.FirstNumber)) * (query.IsDescending ? -1 : 1);
            if (place >= 0)
            {
                var whole = new IndexRange([first, .. query.Rest], lower, upper, null);
                RequireTypes(path, whole.Equal);
                ranges.Add(place == 0 ? Behind(cursor, whole, query.IsDescending) : whole);
            }
        }

        return ranges;
    }

    private static IndexRange Behind(PageCursor? cursor, IndexRange whole, bool isDescending)
    {
        if (cursor is null)
        {
            return whole;
        }

        var order = new IndexValue(cursor.OrderText, cursor.OrderNumber);
        if (isDescending)
        {
            var isInside = whole.Upper.IsAbsent || IndexValueOrder.Instance.Compare(order, whole.Upper) < 0;
            return isInside ? whole with { Upper = default, After = cursor } : whole;
        }

        return whole.Lower.IsAbsent || IndexValueOrder.Instance.Compare(order, whole.Lower) >= 0
            ? whole with { Lower = default, After = cursor }
            : whole;
    }

    private static (IndexValue Lower, IndexValue Upper) BoundsOf<T>(DocumentQuery<T> query)
        where T : class
    {
        var (lower, upper) = (query.Lowest, query.Before);
        if (query.Prefix is { } prefix)
        {
            var (start, end) = (IndexValue.Of(prefix), IndexValue.Of(CodePointOrder.EndOf(prefix)));
            lower = lower.IsAbsent || IndexValueOrder.Instance.Compare(start, lower) > 0 ? start : lower;
            upper = upper.IsAbsent || (!end.IsAbsent && IndexValueOrder.Instance.Compare(end, upper) < 0) ? end : upper;
        }

        if (!query.Path.HasOrder)
        {
            return lower.IsAbsent && upper.IsAbsent ? default : throw new ArgumentException($"Access path {query.Path.Name} has no order, hence no range.", nameof(query));
        }

        var type = query.Path.Columns[^1].Type;
        RequireType(query.Path, type, lower);
        RequireType(query.Path, type, upper);

        // Without an equality column the whole index is asked; a lowest value makes that a search from its end, not a scan.
        return query.Path.EqualityCount == 0 && lower.IsAbsent
            ? (type == IndexType.Text ? IndexValue.Of("") : IndexValue.Of(long.MinValue), upper)
            : (lower, upper);
    }

    private static PageCursor? CursorOf<T>(DocumentQuery<T> query)
        where T : class
    {
        if (query.Cursor is null)
        {
            return null;
        }

        var cursor = PageCursor.Decode(query.Cursor);
        var path = query.Path;
        var fits = HasShape(path.EqualityCount > 0 ? path.Columns[0].Type : null, cursor.FirstText, cursor.FirstNumber)
            && HasShape(path.HasOrder ? path.Columns[^1].Type : null, cursor.OrderText, cursor.OrderNumber)
            && StorableText.IsStorable(cursor.Id + cursor.FirstText + cursor.OrderText);
        return fits ? cursor : throw Refused.Invalid("paging.cursor", "This is a place in another list; please start from the first page.");
    }

    private static bool HasShape(IndexType? type, string? text, long? number) =>
        (text is not null) == (type == IndexType.Text) && (number is not null) == (type == IndexType.Number);

    private static void RequireTypes(AccessPath path, IReadOnlyList<IndexValue> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            RequireType(path, path.Columns[i].Type, values[i]);
        }
    }

    private static void RequireType(AccessPath path, IndexType type, IndexValue value)
    {
        if (type == IndexType.Text ? value.Number is not null : value.Text is not null)
        {
            throw new ArgumentException($"Access path {path.Name} was asked with a value of another type.", nameof(value));
        }
    }
}
