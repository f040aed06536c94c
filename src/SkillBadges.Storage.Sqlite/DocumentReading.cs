using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Sqlite.Engine;
using SkillBadges.Storage.Sqlite.Layout;

namespace SkillBadges.Storage.Sqlite;

/// <summary>Reads documents over one connection.</summary>
internal static class DocumentReading
{
    public static Read<T>? Find<T>(Connection connection, KindTable kind, string id)
        where T : class
    {
        if (!StorableText.IsStorable(id))
        {
            // Half of a pair would be looked for as U+FFFD.
            return null;
        }

        using var find = connection.Prepare(kind.Find);
        return find.Bind(1, id).Step() ? DocumentOf<T>(kind, find) : null;
    }

    public static IReadOnlyList<Read<T>> FindMany<T>(Connection connection, KindTable kind, IEnumerable<string> ids)
        where T : class =>
        InOneView(connection, () => (List<Read<T>>)[.. ids.Select(id => Find<T>(connection, kind, id)).OfType<Read<T>>()]);

    public static Page<T> Query<T>(Connection connection, KindTable kind, PathQueries queries, DocumentQuery<T> query)
        where T : class
    {
        var ranges = IndexRange.Of(query);
        return ranges.Count > 1 ? InOneView(connection, Read) : Read();

        Page<T> Read()
        {
            var items = new List<Read<T>>(Math.Min(query.Limit, 64));
            PageCursor? last = null;
            foreach (var range in ranges)
            {
                using var select = connection.Prepare(queries.Sql(QueryShapes.Of(range, query.IsDescending, isCount: false)));
                queries.Bind(select, range, query.Limit - items.Count + 1);
                while (select.Step())
                {
                    if (items.Count == query.Limit)
                    {
                        return new(items, last!.Encode());
                    }

                    var item = DocumentOf<T>(kind, select);
                    items.Add(item);
                    if (items.Count == query.Limit)
                    {
                        last = PageCursor.At(range.First, query.Path.HasOrder ? select.Value(4) : default, item.Id);
                    }
                }
            }

            return new(items, null);
        }
    }

    public static int Count<T>(Connection connection, PathQueries queries, DocumentQuery<T> query, int limit)
        where T : class
    {
        var ranges = IndexRange.Of(query);
        return ranges.Count > 1 ? InOneView(connection, Count) : Count();

        int Count()
        {
            var count = 0;
            foreach (var range in ranges)
            {
                using var select = connection.Prepare(queries.Sql(QueryShapes.Of(range, query.IsDescending, isCount: true)));
                queries.Bind(select, range, limit - count);
                while (select.Step())
                {
                    count++;
                }

                if (count >= limit)
                {
                    break;
                }
            }

            return count;
        }
    }

    /// <summary>Several statements that see the same state of the store.</summary>
    private static T InOneView<T>(Connection connection, Func<T> read)
    {
        connection.Run("BEGIN");
        try
        {
            return read();
        }
        finally
        {
            connection.Run("COMMIT");
        }
    }

    private static Read<T> DocumentOf<T>(KindTable kind, Statement row)
        where T : class =>
        new((T)StoredBody.Read(kind.Kind, row.Blob(3), (int)row.Number(2)), row.Text(0), row.Number(1));
}
