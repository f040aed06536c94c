using SkillBadges.Core;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Storage.Tests;

/// <summary>Files that arrive in parts: written by one at a time, from where the last one ended.</summary>
public sealed class PartialFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-partial-").FullName;
    private readonly FolderPartialFiles partials;

    public PartialFileTests() => partials = FolderPartialFiles.Open(folder);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Bytes_behind_the_place_to_go_on_from_are_cut_off()
    {
        await WriteAsync("one", 0, 1, 2, 3, 4, 5);
        await WriteAsync("one", 3, 9);

        await using var read = partials.OpenToRead("one");
        var bytes = new byte[10];
        Assert.Equal([1, 2, 3, 9], bytes[..await read!.ReadAtLeastAsync(bytes, 10, throwOnEndOfStream: false)]);
    }

    [Fact]
    public async Task Who_writes_has_it_alone()
    {
        await using var first = partials.OpenToWrite("one", 0);

        Assert.Equal("file.busy", Assert.Throws<RefusedException>(() => partials.OpenToWrite("one", 0)).Code);
    }

    [Fact]
    public async Task Bytes_that_are_no_longer_there_are_said_to_be_lost()
    {
        await WriteAsync("one", 0, 1, 2);

        Assert.Equal("upload.lost", Assert.Throws<RefusedException>(() => partials.OpenToWrite("one", 3)).Code);
        Assert.Equal("upload.lost", Assert.Throws<RefusedException>(() => partials.OpenToWrite("other", 3)).Code);
        Assert.Null(partials.OpenToRead("other"));
    }

    [Theory]
    [InlineData("../store.db")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public void An_id_never_leads_out_of_the_folder(string id) => Assert.Throws<ArgumentException>(() => partials.OpenToRead(id));

    [Fact]
    public async Task What_nobody_goes_on_with_is_found_and_removed()
    {
        await WriteAsync("one", 0, 1);

        Assert.Empty(partials.UntouchedSince(DateTimeOffset.UnixEpoch));
        Assert.Equal(["one"], partials.UntouchedSince(DateTimeOffset.MaxValue));
        partials.Remove("one");
        partials.Remove("one");
        Assert.Empty(Directory.EnumerateFiles(folder));
    }

    [Fact]
    public void A_folder_that_is_none_is_a_broken_disk()
    {
        Directory.Delete(folder);
        File.WriteAllText(folder, "");
        try
        {
            Assert.Equal("file.store-failed", Assert.Throws<RefusedException>(() => partials.OpenToWrite("one", 0)).Code);
        }
        finally
        {
            File.Delete(folder);
            Directory.CreateDirectory(folder);
        }
    }

    private async Task WriteAsync(string id, long offset, params byte[] bytes)
    {
        await using var file = partials.OpenToWrite(id, offset);
        await file.WriteAsync(bytes);
        await file.FlushAsync();
    }
}
