using System.Security.Cryptography;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Bytes by their digest: kept once, whole or not at all.</summary>
public abstract class FileContract : IDisposable
{
    protected abstract IFileStore Files { get; }

    protected static CancellationToken None => CancellationToken.None;

    public abstract void Dispose();

    [ContractTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(81_920)]
    [InlineData(3_000_001)]
    public async Task Bytes_come_back_by_their_digest(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);

        var stored = await PutAsync(bytes);

        Assert.Equal(new StoredFile(Sha256Digest.Of(bytes), length), stored);
        Assert.Equal(bytes, await BytesAsync(stored.Digest));
    }

    [ContractFact]
    public async Task What_was_never_put_is_not_there()
    {
        Assert.Null(await Files.OpenAsync(Sha256Digest.Of("nothing"u8), None));
        await Files.EraseAsync(Sha256Digest.Of("nothing"u8), DateTimeOffset.MaxValue, None);
    }

    [ContractFact]
    public async Task A_file_may_be_as_long_as_the_limit_and_no_longer()
    {
        await PutAsync(new byte[1000], 1000);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => PutAsync(new byte[1001], 1000));

        Assert.Equal("file.too-large", refused.Code);
        Assert.Null(await Files.OpenAsync(Sha256Digest.Of(new byte[1001]), None));
    }

    [ContractFact]
    public async Task The_same_bytes_from_many_at_once_are_one_file()
    {
        var bytes = RandomNumberGenerator.GetBytes(100_000);

        var stored = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => PutAsync(bytes))));

        Assert.Single(stored.Distinct());
        Assert.Equal(bytes, await BytesAsync(stored[0].Digest));
    }

    [ContractFact]
    public async Task Erased_bytes_are_gone_and_can_be_put_again()
    {
        var stored = await PutAsync([1, 2, 3]);

        await Files.EraseAsync(stored.Digest, DateTimeOffset.MaxValue, None);

        Assert.Null(await Files.OpenAsync(stored.Digest, None));
        await PutAsync([1, 2, 3]);
        Assert.Equal([1, 2, 3], await BytesAsync(stored.Digest));
    }

    [ContractFact]
    public async Task Who_reads_while_it_is_erased_reads_to_the_end()
    {
        var bytes = RandomNumberGenerator.GetBytes(500_000);
        var stored = await PutAsync(bytes);
        await using var reading = await Files.OpenAsync(stored.Digest, None);
        var begin = new byte[1000];
        await reading!.ReadExactlyAsync(begin);

        await Files.EraseAsync(stored.Digest, DateTimeOffset.MaxValue, None);

        var rest = new MemoryStream();
        await reading.CopyToAsync(rest);
        Assert.Equal(bytes, begin.Concat(rest.ToArray()));
    }

    [ContractFact]
    public async Task A_source_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => Files.PutAsync(new BrokenStream(200_000), 1_000_000, None));

        Assert.Null(await Files.OpenAsync(Sha256Digest.Of(new byte[200_000]), None));
        AssertNothingHalfWritten();
    }

    protected abstract void AssertNothingHalfWritten();

    protected Task<StoredFile> PutAsync(byte[] bytes, long maxBytes = 10_000_000) => Files.PutAsync(new MemoryStream(bytes), maxBytes, None);

    protected async Task<byte[]> BytesAsync(Sha256Digest digest)
    {
        await using var stream = await Files.OpenAsync(digest, None) ?? throw new InvalidOperationException("It is not there.");
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    /// <summary>A client that hangs up.</summary>
    private sealed class BrokenStream(int length) : MemoryStream(new byte[length])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new EndOfStreamException();
    }
}
