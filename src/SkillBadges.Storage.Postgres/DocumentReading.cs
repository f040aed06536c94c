using System.Data;
using Npgsql;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Storage.Relational;
using SkillBadges.Storage.Postgres.Engine;
using SkillBadges.Storage.Postgres.Layout;

namespace SkillBadges.Storage.Postgres;

/// <summary>Reads documents over one connection.</summary>
internal static class DocumentReading
{
    // Stretches asked in one trip; most answers are full after the first few.
    private const int StretchesAtOnce = 32;

    public static async Task<IReadOnlyList<Read<T>>> FindAsync<T>(NpgsqlConnection connection, KindTable kind, string[] ids, CancellationToken cancellationToken)
        where T : class
    {
        await using var command = new NpgsqlCommand(kind.Find, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = ids });
        var found = new List<Read<T>>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(DocumentOf<T>(kind, reader));
        }

        return found;
    }

    public static async Task<Page<T>> QueryAsync<T>(NpgsqlConnection connection, KindTable kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class
    {
        var items = new List<Read<T>>(Math.Min(query.Limit, 64));
        PageCursor? last = null;
        string? next = null;
        await EachRowAsync(connection, kind, query, isCount: false, () => query.Limit - items.Count + 1, (range, row) =>
        {
            if (items.Count == query.Limit)
            {
                next = last!.Encode();
                return false;
            }

            items.Add(DocumentOf<T>(kind, row));
            if (items.Count == query.Limit)
            {
                last = PageCursor.At(range.First, OrderOf(query.Path, row), items[^1].Id);
            }

            return true;
        }, cancellationToken);
        return new(items, next);
    }

    public static async Task<int> CountAsync<T>(NpgsqlConnection connection, KindTable kind, DocumentQuery<T> query, int limit, CancellationToken cancellationToken)
        where T : class
    {
        var count = 0;
        await EachRowAsync(connection, kind, query, isCount: true, () => limit - count, (_, row) =>
        {
            count += (int)Math.Min(row.GetInt64(0), limit - count);
            return count < limit;
        }, cancellationToken);
        return count;
    }

    /// <summary>Hands over the rows of every stretch in order, all from one view of the data, until <paramref name="take"/> has enough.</summary>
    private static async Task EachRowAsync<T>(
        NpgsqlConnection connection, KindTable kind, DocumentQuery<T> query, bool isCount, Func<int> limit, Func<IndexRange, NpgsqlDataReader, bool> take, CancellationToken cancellationToken)
        where T : class
    {
        var path = kind.ByPath[query.Path];
        var ranges = IndexRange.Of(query);
        await using var view = ranges.Count > 1 ? await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken) : null;
        foreach (var stretches in ranges.Chunk(StretchesAtOnce))
        {
            await using var batch = connection.Batch(stretches.Select(range => Stretch(kind, path, query, range, isCount, limit())), view);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            foreach (var range in stretches)
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    if (!take(range, reader))
                    {
                        return;
                    }
                }

                await reader.NextResultAsync(cancellationToken);
            }
        }
    }

    private static NpgsqlBatchCommand Stretch<T>(KindTable kind, PathTable path, DocumentQuery<T> query, IndexRange range, bool isCount, int limit)
        where T : class =>
        QueryShapes.Values(path, range)
            .Select((value, i) => (Value: value, Type: i < range.Equal.Count ? path.Path.Columns[i].Type : value.Text is null ? IndexType.Number : IndexType.Text))
            .Aggregate(Commands.Command(kind.Query(path, QueryShapes.Of(range, query.IsDescending, isCount))), (command, parameter) => command.With(parameter.Value, parameter.Type))
            .With(limit);

    private static IndexValue OrderOf(AccessPath path, NpgsqlDataReader row) => path.HasOrder switch
    {
        false => default,
        true when path.Columns[^1].Type == IndexType.Text => IndexValue.Of(row.GetString(4)),
        true => IndexValue.Of(row.GetInt64(4)),
    };

    private static Read<T> DocumentOf<T>(KindTable kind, NpgsqlDataReader row)
        where T : class =>
        new((T)StoredBody.Read(kind.Kind, row.GetFieldValue<byte[]>(3), row.GetInt32(2)), row.GetString(0), row.GetInt64(1));
}
