using System.Data;
using System.Security.Cryptography;
using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres.Engine;

namespace SkillBadges.Storage.Postgres.Files;

/// <summary>
/// Files in the database, for nodes that share no folder. One transaction takes a file, so that it is there whole or not at all; a long one is given out of one view of the data, so that who reads it reads
/// to the end while it is erased or put again. Both hold a connection of a pool of their own.
/// </summary>
public sealed class PostgresFileStore : IFileStore
{
    // Photos and papers: read at once, so that a slow line holds no connection.
    private const int ReadAtOnce = 2 * FileTables.ChunkBytes;
    private const int ListedAtOnce = 1_000;
    private const string Lock = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' file ' || $1, 0))";
    private const string Chunk = "SELECT bytes FROM file_chunk WHERE content = $1 AND number = $2";

    private readonly Database database;
    private readonly TimeProvider clock;

    internal PostgresFileStore(Database database, TimeProvider clock)
    {
        this.database = database;
        this.clock = clock;
    }

    public async Task<StoredFile> PutAsync(Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            var first = new byte[FileTables.ChunkBytes];
            var length = await content.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken);
            return length < first.Length
                ? await PutSmallAsync(first.AsMemory(0, length), maxBytes, cancellationToken)
                : await PutLongAsync(first, content, maxBytes, cancellationToken);
        }
        catch (Exception fault) when (fault is NpgsqlException or RefusedException { Code: "storage.unreachable" or "storage.full" })
        {
            throw FileTables.Refusal(fault);
        }
    }

    public async Task<Stream?> OpenAsync(Sha256Digest digest, CancellationToken cancellationToken) =>
        await database.DoAsync((connection, token) => WholeAsync(connection, digest, token), cancellationToken) switch
        {
            (false, _) => null,
            (_, { } whole) => whole,
            _ => await database.HoldAsync((connection, token) => ViewAsync(connection, digest, token), cancellationToken),
        };

    public Task<bool> EraseAsync(Sha256Digest digest, DateTimeOffset ifPutBefore, CancellationToken cancellationToken) => database.DoAsync(
        async (connection, token) =>
        {
            await using var transaction = await connection.BeginTransactionAsync(token);
            await ScalarAsync(connection, Commands.Command(Lock).With(digest.Hex), token);
            await using var batch = connection.Batch([Commands.Command("WITH gone AS (DELETE FROM file WHERE digest = $1 AND put < $2 RETURNING content), chunks AS (DELETE FROM file_chunk WHERE content IN (SELECT content FROM gone)) SELECT count(*) FROM gone")
                .With(digest.Hex).With(ifPutBefore.ToMicroseconds())]);
            var erased = (long)(await batch.ExecuteScalarAsync(token))!;
            await transaction.CommitAsync(CancellationToken.None);
            return erased > 0;
        },
        cancellationToken);

    public async IAsyncEnumerable<Sha256Digest> PutBeforeAsync(DateTimeOffset instant, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = ""; ;)
        {
            var page = await database.DoAsync((connection, token) => FollowingAsync(connection, after, instant, token), cancellationToken);
            foreach (var digest in page)
            {
                yield return digest;
            }

            if (page.Count < ListedAtOnce)
            {
                yield break;
            }

            after = page[^1].Hex;
        }
    }

    private static RefusedException TooLarge(long maxBytes) => Refused.Invalid("file.too-large", $"A file may have at most {maxBytes} bytes here.");

    // Most files are one chunk: one trip to the server, which may be made again.
    private async Task<StoredFile> PutSmallAsync(ReadOnlyMemory<byte> bytes, long maxBytes, CancellationToken cancellationToken)
    {
        var stored = bytes.Length <= maxBytes ? new StoredFile(Sha256Digest.Of(bytes.Span), bytes.Length) : throw TooLarge(maxBytes);
        return await database.DoAsync(
            async (connection, token) =>
            {
                var id = NewId.Random();
                NpgsqlBatchCommand[] chunk = bytes.Length == 0 ? [] : [Add(id, 0, bytes)];
                await using var batch = connection.Batch([.. chunk, .. Name(id, stored)]);
                await batch.ExecuteNonQueryAsync(token);
                return stored;
            },
            cancellationToken);
    }

    // What has been read of the content cannot be read again: patience ends before the second chunk.
    private async Task<StoredFile> PutLongAsync(byte[] first, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        await using var connection = await database.HoldAsync(
            async (held, token) =>
            {
                await held.RunAsync("SELECT 1", token);
                return held;
            },
            cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (id, buffer, length) = (NewId.Random(), first, 0L);
        var read = first.Length;
        for (var number = 0; read > 0; number++)
        {
            length += read;
            if (length > maxBytes)
            {
                throw TooLarge(maxBytes);
            }

            hash.AppendData(buffer, 0, read);
            await using var batch = connection.Batch([Add(id, number, buffer.AsMemory(0, read))]);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }

        var stored = new StoredFile(Sha256Digest.FromBytes(hash.GetHashAndReset()), length);
        await using (var batch = connection.Batch(Name(id, stored)))
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return stored;
    }

    private static NpgsqlBatchCommand Add(string id, int number, ReadOnlyMemory<byte> bytes) => Commands.Command("INSERT INTO file_chunk VALUES ($1, $2, $3)").With(id).With((long)number).With(bytes);

    // The same bytes are kept once; were they damaged since, they are whole again now, and as young as new ones.
    private NpgsqlBatchCommand[] Name(string id, StoredFile stored) =>
    [
        Commands.Command(Lock).With(stored.Digest.Hex),
        Commands.Command("DELETE FROM file_chunk WHERE content = (SELECT content FROM file WHERE digest = $1)").With(stored.Digest.Hex),
        Commands.Command("INSERT INTO file VALUES ($1, $2, $3, $4) ON CONFLICT (digest) DO UPDATE SET content = EXCLUDED.content, length = EXCLUDED.length, put = EXCLUDED.put")
            .With(stored.Digest.Hex).With(id).With(stored.Length).With(clock.Now().ToMicroseconds()),
    ];

    /// <summary>Whether the file is there, and its bytes if they are few.</summary>
    private static async Task<(bool IsThere, Stream? Whole)> WholeAsync(NpgsqlConnection connection, Sha256Digest digest, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch([Commands.Command("SELECT length, bytes FROM file LEFT JOIN file_chunk ON file_chunk.content = file.content AND length <= $2 WHERE digest = $1 ORDER BY number").With(digest.Hex).With(ReadAtOnce)]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var (isThere, isShort, whole) = (false, false, new MemoryStream());
        while (await reader.ReadAsync(cancellationToken))
        {
            (isThere, isShort) = (true, reader.GetInt64(0) <= ReadAtOnce);
            whole.Write(await reader.IsDBNullAsync(1, cancellationToken) ? [] : reader.GetFieldValue<byte[]>(1));
        }

        return (isThere, isShort ? new MemoryStream(whole.GetBuffer(), 0, (int)whole.Length, writable: false) : null);
    }

    private static async Task<Stream?> ViewAsync(NpgsqlConnection connection, Sha256Digest digest, CancellationToken cancellationToken)
    {
        var view = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        if (await FindAsync() is not var (content, length))
        {
            await CloseAsync();
            return null;
        }

        return new ChunkStream(length, FetchAsync, CloseAsync);

        async Task<(string Content, long Length)?> FindAsync()
        {
            await using var batch = connection.Batch([Commands.Command("SELECT content, length FROM file WHERE digest = $1").With(digest.Hex)]);
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetInt64(1)) : null;
        }

        async Task<byte[]?> FetchAsync(int number, CancellationToken token)
        {
            try
            {
                return (byte[]?)await ScalarAsync(connection, Commands.Command(Chunk).With(content).With((long)number), token);
            }
            catch (NpgsqlException fault)
            {
                throw FileTables.Refusal(fault);
            }
        }

        async ValueTask CloseAsync()
        {
            await view.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<Sha256Digest>> FollowingAsync(NpgsqlConnection connection, string after, DateTimeOffset putBefore, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch([Commands.Command("SELECT digest FROM file WHERE digest > $1 AND put < $2 ORDER BY digest LIMIT $3").With(after).With(putBefore.ToMicroseconds()).With(ListedAtOnce)]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var page = new List<Sha256Digest>();
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(Sha256Digest.TryParse(reader.GetString(0), out var digest) ? digest : throw new InvalidDataException("The table of files holds what is no digest."));
        }

        return page;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = connection.Batch([command]);
        return await batch.ExecuteScalarAsync(cancellationToken);
    }
}
