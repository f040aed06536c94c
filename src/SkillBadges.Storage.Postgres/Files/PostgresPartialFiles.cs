using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;

namespace SkillBadges.Storage.Postgres.Files;

/// <summary>Arriving files in the database: an upload that began at one node goes on at another. Whoever writes one holds it for seconds at a time, by the server's clock; each chunk is written only while that is so.</summary>
public sealed class PostgresPartialFiles : IPartialFiles
{
    private readonly Database database;
    private readonly TimeProvider clock;

    internal PostgresPartialFiles(Database database, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
    }

    public Stream OpenToWrite(string id, long offset)
    {
        PartialFileId.Require(id);
        var writer = NewId.Random();
        return Wait(RefusingAsync(database.DoAsync((connection, token) => TakeAsync(connection, id, writer, offset, token), CancellationToken.None)));
    }

    public Stream? OpenToRead(string id)
    {
        PartialFileId.Require(id);
        return Wait(RefusingAsync(database.DoAsync((connection, token) => ScalarAsync(connection, Commands.Command("SELECT length FROM partial_file WHERE id = $1").With(id), token), CancellationToken.None))) is long length
            ? new ChunkStream(length, (number, token) => RefusingAsync(database.DoAsync((connection, inner) => ChunkAsync(connection, id, number, inner), token)), () => ValueTask.CompletedTask)
            : null;
    }

    public void Remove(string id)
    {
        PartialFileId.Require(id);
        Wait(DoAsync(() => Commands.Command("WITH file AS (DELETE FROM partial_file WHERE id = $1) DELETE FROM partial_chunk WHERE id = $1").With(id)));
    }

    public IReadOnlyList<string> UntouchedSince(DateTimeOffset instant) => Wait(database.DoAsync<IReadOnlyList<string>>(
        async (connection, token) =>
        {
            var ids = new List<string>();
            await using var batch = connection.Batch([Commands.Command("SELECT id FROM partial_file WHERE touched < $1").With(instant.ToMicroseconds())]);
            await using var reader = await batch.ExecuteReaderAsync(token);
            while (await reader.ReadAsync(token))
            {
                ids.Add(reader.GetString(0));
            }

            return ids;
        },
        CancellationToken.None));

    private async Task<Stream> TakeAsync(NpgsqlConnection connection, string id, string writer, long offset, CancellationToken cancellationToken)
    {
        var (number, within) = ((int)(offset / FileTables.ChunkBytes), (int)(offset % FileTables.ChunkBytes));
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (offset == 0)
        {
            await ScalarAsync(connection, Commands.Command("INSERT INTO partial_file (id, length, touched) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING").With(id).With(Now), cancellationToken);
        }

        // It may be this writer's already: an earlier try held, and its answer was lost.
        var take = Commands.Command($"UPDATE partial_file SET writer = $2, held_until = now() + {PartialWriter.Hold}, length = $3, touched = $4 WHERE id = $1 AND (held_until < now() OR writer = $2) AND length >= $3 RETURNING 1")
            .With(id).With(writer).With(offset).With(Now);
        if (await ScalarAsync(connection, take, cancellationToken) is null)
        {
            throw await ScalarAsync(connection, Commands.Command("SELECT 1 FROM partial_file WHERE id = $1 AND held_until >= now()").With(id), cancellationToken) is null ? Lost() : PartialWriter.Busy();
        }

        var begun = within == 0 ? [] : await ChunkAsync(connection, id, number, cancellationToken);
        if (begun is null || begun.Length < within)
        {
            throw Lost();
        }

        await ScalarAsync(connection, Commands.Command("DELETE FROM partial_chunk WHERE id = $1 AND number > $2").With(id).With((long)(within == 0 ? number - 1 : number)), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new PartialWriter(this, id, writer, number, begun.AsSpan(0, within));
    }

    /// <summary>Writes a chunk, and how long the file is by it, if this writer still has the file.</summary>
    internal async Task SaveAsync(string id, string writer, int number, ReadOnlyMemory<byte> bytes)
    {
        var held = await DoAsync(() => Commands.Command($"""
            WITH mine AS (UPDATE partial_file SET length = $3, held_until = now() + {PartialWriter.Hold}, touched = $4 WHERE id = $1 AND writer = $2 RETURNING id)
            INSERT INTO partial_chunk SELECT id, $5, $6 FROM mine ON CONFLICT (id, number) DO UPDATE SET bytes = EXCLUDED.bytes
            """).With(id).With(writer).With(((long)number * FileTables.ChunkBytes) + bytes.Length).With(Now).With((long)number).With(bytes));
        if (held == 0)
        {
            throw PartialWriter.Busy();
        }
    }

    internal Task<int> ReleaseAsync(string id, string writer) => DoAsync(() => Commands.Command("UPDATE partial_file SET writer = NULL, held_until = '-infinity' WHERE id = $1 AND writer = $2").With(id).With(writer));

    private long Now => clock.Now().ToMicroseconds();

    // The port is one of streams, and streams are opened at once; what calls it has a thread of its own.
    private static T Wait<T>(Task<T> work) => work.GetAwaiter().GetResult();

    private Task<int> DoAsync(Func<NpgsqlBatchCommand> command) => RefusingAsync(database.DoAsync(
        async (connection, token) =>
        {
            await using var batch = connection.Batch([command()]);
            return await batch.ExecuteNonQueryAsync(token);
        },
        CancellationToken.None));

    private static async Task<T> RefusingAsync<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (RefusedException refusal) when (refusal.Code.StartsWith("storage.", StringComparison.Ordinal))
        {
            throw FileTables.Refusal(refusal);
        }
    }

    private static RefusedException Lost() => Refused.Gone("upload.lost", "What was received of this file is no longer here; please begin again.");

    private static async Task<byte[]?> ChunkAsync(NpgsqlConnection connection, string id, int number, CancellationToken cancellationToken) =>
        (byte[]?)await ScalarAsync(connection, Commands.Command("SELECT bytes FROM partial_chunk WHERE id = $1 AND number = $2").With(id).With((long)number), cancellationToken);

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch([command]);
        return await batch.ExecuteScalarAsync(cancellationToken);
    }
}
