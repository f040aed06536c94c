using Npgsql;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;

namespace SkillBadges.Storage.Tests;

/// <summary>The file contract on chunks of PostgreSQL, and what only they have: nodes, a row that rots, space that is given back.</summary>
public sealed class PostgresFileTests : FileContract, IAsyncLifetime
{
    private PostgresSchema? schema;
    private PostgresStore? store;

    protected override IFileStore Files => store!.Files;

    public async Task InitializeAsync()
    {
        schema = await PostgresSchema.CreateAsync();
        store = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await store!.DisposeAsync();
        await schema!.DisposeAsync();
    }

    public override void Dispose()
    {
    }

    [ContractFact]
    public async Task What_one_node_keeps_the_other_reads_and_erases()
    {
        await using var other = await OpenAsync();
        var stored = await PutAsync([1, 2, 3]);

        Assert.Equal([stored.Digest], await other.Files.PutBeforeAsync(DateTimeOffset.MaxValue, None).ToListAsync());
        Assert.True(await other.Files.EraseAsync(stored.Digest, DateTimeOffset.MaxValue, None));
        Assert.Null(await Files.OpenAsync(stored.Digest, None));
    }

    [ContractFact]
    public async Task Erased_and_repeated_bytes_leave_no_chunk_behind()
    {
        var bytes = new byte[2_000_000];
        var stored = await PutAsync(bytes);
        await PutAsync(bytes);
        Assert.Equal(4, await CountAsync("file_chunk"));

        Assert.False(await Files.EraseAsync(stored.Digest, DateTimeOffset.UnixEpoch, None));
        Assert.True(await Files.EraseAsync(stored.Digest, DateTimeOffset.MaxValue, None));

        Assert.Equal(0, await CountAsync("file_chunk"));
    }

    [ContractTheory]
    [InlineData("UPDATE file_chunk SET bytes = set_byte(bytes, 7, 1) WHERE number = 2")]
    [InlineData("DELETE FROM file_chunk WHERE number = 1")]
    public async Task Bytes_that_the_database_changed_are_reported_and_mended_by_putting_them_again(string damage)
    {
        var bytes = new byte[2_000_000];
        var stored = await PutAsync(bytes);
        await RunAsync(damage);

        await using (var damaged = new VerifyingStream((await Files.OpenAsync(stored.Digest, None))!, stored.Digest))
        {
            Assert.Equal("file.corrupt", (await Assert.ThrowsAsync<RefusedException>(() => damaged.CopyToAsync(Stream.Null))).Code);
        }

        await PutAsync(bytes);
        Assert.Equal(bytes, await BytesAsync(stored.Digest));
    }

    [ContractFact]
    public async Task A_film_is_read_from_any_place()
    {
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(2_000_000);
        var stored = await PutAsync(bytes);

        await using var film = await Files.OpenAsync(stored.Digest, None);
        film!.Seek(-10, SeekOrigin.End);
        var end = new byte[10];
        await film.ReadExactlyAsync(end);
        film.Position = 524_280;
        var across = new byte[20];
        film.ReadExactly(across);

        Assert.Equal(bytes[^10..], end);
        Assert.Equal(bytes[524_280..524_300], across);
    }

    protected override void AssertNothingHalfWritten() => Assert.Equal(0, CountAsync("file_chunk").GetAwaiter().GetResult());

    private Task<PostgresStore> OpenAsync() => PostgresStore.OpenAsync(schema!.ConnectionString, [], TimeProvider.System, None);

    private async Task<long> CountAsync(string table) => (long)(await ScalarAsync($"SELECT count(*) FROM {table}"))!;

    private Task RunAsync(string sql) => ScalarAsync(sql);

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(schema!.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

/// <summary>The contract of arriving files on chunks of PostgreSQL, and several nodes.</summary>
public sealed class PostgresPartialFileTests : PartialFileContract, IAsyncLifetime
{
    private PostgresSchema? schema;
    private PostgresStore? store;

    protected override IPartialFiles Partials => store!.PartialFiles;

    public async Task InitializeAsync()
    {
        schema = await PostgresSchema.CreateAsync();
        store = await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await store!.DisposeAsync();
        await schema!.DisposeAsync();
    }

    [ContractFact]
    public async Task An_upload_goes_on_at_another_node_once_its_first_writer_has_fallen_silent_and_that_one_writes_nothing_more()
    {
        await using var other = await OpenAsync();
        var silent = Partials.OpenToWrite("one", 0);
        await silent.WriteAsync(new byte[] { 1, 2, 3 });
        await silent.FlushAsync();
        Assert.Equal("file.busy", Assert.Throws<RefusedException>(() => other.PartialFiles.OpenToWrite("one", 3)).Code);

        // As if ten seconds had passed.
        await using (var connection = new NpgsqlConnection(schema!.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("UPDATE partial_file SET held_until = now() - interval '1 second'", connection);
            await command.ExecuteNonQueryAsync();
        }

        await using (var next = other.PartialFiles.OpenToWrite("one", 3))
        {
            await silent.WriteAsync(new byte[] { 9 });
            Assert.Equal("file.busy", (await Assert.ThrowsAsync<RefusedException>(() => silent.FlushAsync())).Code);
            await silent.DisposeAsync();
            await next.WriteAsync(new byte[] { 4 });
        }

        await using var read = Partials.OpenToRead("one");
        var bytes = new byte[10];
        Assert.Equal([1, 2, 3, 4], bytes[..await read!.ReadAtLeastAsync(bytes, 10, throwOnEndOfStream: false)]);
    }

    private Task<PostgresStore> OpenAsync() => PostgresStore.OpenAsync(schema!.ConnectionString, [], TimeProvider.System, CancellationToken.None);
}
