using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.Storage.Tests;

/// <summary>Files that arrive in parts: written by one at a time, from where the last one ended.</summary>
public abstract class PartialFileContract
{
    protected abstract IPartialFiles Partials { get; }

    [ContractFact]
    public async Task Bytes_behind_the_place_to_go_on_from_are_cut_off()
    {
        await WriteAsync("one", 0, 1, 2, 3, 4, 5);
        await WriteAsync("one", 3, 9);

        await using var read = Partials.OpenToRead("one");
        var bytes = new byte[10];
        Assert.Equal([1, 2, 3, 9], bytes[..await read!.ReadAtLeastAsync(bytes, 10, throwOnEndOfStream: false)]);
    }

    [ContractFact]
    public async Task Who_writes_has_it_alone()
    {
        await using var first = Partials.OpenToWrite("one", 0);

        Assert.Equal("file.busy", Assert.Throws<RefusedException>(() => Partials.OpenToWrite("one", 0)).Code);
    }

    [ContractFact]
    public async Task Bytes_that_are_no_longer_there_are_said_to_be_lost()
    {
        await WriteAsync("one", 0, 1, 2);

        Assert.Equal("upload.lost", Assert.Throws<RefusedException>(() => Partials.OpenToWrite("one", 3)).Code);
        Assert.Equal("upload.lost", Assert.Throws<RefusedException>(() => Partials.OpenToWrite("other", 3)).Code);
        Assert.Null(Partials.OpenToRead("other"));
    }

    [ContractTheory]
    [InlineData("../store.db")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public void An_id_never_leads_out_of_the_folder(string id) => Assert.Throws<ArgumentException>(() => Partials.OpenToRead(id));

    [ContractFact]
    public async Task What_nobody_goes_on_with_is_found_and_removed()
    {
        await WriteAsync("one", 0, 1);

        Assert.Empty(Partials.UntouchedSince(DateTimeOffset.UnixEpoch));
        Assert.Equal(["one"], Partials.UntouchedSince(DateTimeOffset.MaxValue));
        Partials.Remove("one");
        Partials.Remove("one");
        Assert.Empty(Partials.UntouchedSince(DateTimeOffset.MaxValue));
        Assert.Null(Partials.OpenToRead("one"));
    }

    [ContractFact]
    public async Task What_is_long_is_read_from_any_place()
    {
        var bytes = System.Security.Cryptography.RandomNumberGenerator.GetBytes(1_500_000);
        await WriteAsync("one", 0, bytes[..700_000]);
        await WriteAsync("one", 700_000, bytes[700_000..]);

        await using (var read = Partials.OpenToRead("one"))
        {
            var part = new byte[600_000];
            read!.Position = 400_000;
            read.ReadExactly(part);
            Assert.Equal(bytes.Length, read.Length);
            Assert.Equal(bytes[400_000..1_000_000], part);
            read.Position = 1_499_999;
            Assert.Equal((bytes[^1], -1), (read.ReadByte(), read.ReadByte()));
        }

        Assert.Equal("upload.lost", Assert.Throws<RefusedException>(() => Partials.OpenToWrite("one", 1_500_001)).Code);
        await WriteAsync("one", 600_000, 1);
        await using var cut = Partials.OpenToRead("one");
        Assert.Equal(600_001, cut!.Length);
    }

    [ContractFact]
    public async Task What_was_written_is_there_when_the_file_is_closed()
    {
        await using (var file = Partials.OpenToWrite("one", 0))
        {
            file.Write([1, 2], 0, 2);
            file.WriteByte(3);
        }

        await using var read = Partials.OpenToRead("one");
        Assert.Equal(3, read!.Length);
        Assert.Empty(Partials.UntouchedSince(DateTimeOffset.UnixEpoch));
    }

    protected async Task WriteAsync(string id, long offset, params byte[] bytes)
    {
        await using var file = Partials.OpenToWrite(id, offset);
        await file.WriteAsync(bytes);
        await file.FlushAsync();
    }
}
