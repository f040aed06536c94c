using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Sqlite.Files;

namespace SkillBadges.Storage.Tests;

/// <summary>The file contract on a folder, and what only a folder has: half-written files, links, a disk that rots.</summary>
public sealed class FolderFileTests : FileContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("skillbadges-files-").FullName;

    public FolderFileTests() => Files = FolderFileStore.Open(folder);

    protected override IFileStore Files { get; }

    public override void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_file_lies_under_its_digest_and_nothing_else_is_left()
    {
        var stored = await PutAsync([1, 2, 3]);

        Assert.Equal([NameOf(stored.Digest)], Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Half_written_files_are_cleared_away_at_start()
    {
        File.WriteAllText(Path.Combine(folder, "incoming", "half"), "half");

        FolderFileStore.Open(folder);

        AssertNothingHalfWritten();
    }

    [Fact]
    public async Task A_file_that_another_process_is_writing_is_not_cleared_away_at_start()
    {
        var sent = new System.IO.Pipelines.Pipe();
        var put = Files.PutAsync(sent.Reader.AsStream(), 100, None);
        await sent.Writer.WriteAsync(new byte[] { 1, 2, 3 }, None);

        FolderFileStore.Open(folder);
        await sent.Writer.CompleteAsync();

        Assert.Equal(Sha256Digest.Of([1, 2, 3]), (await put).Digest);
        AssertNothingHalfWritten();
    }

    [Fact]
    public async Task A_flipped_byte_on_disk_is_reported()
    {
        var stored = await PutAsync(new byte[200_000]);
        await using (var whole = new VerifyingStream((await Files.OpenAsync(stored.Digest, None))!, stored.Digest))
        {
            await whole.CopyToAsync(Stream.Null);
        }

        await using (var disk = new FileStream(NameOf(stored.Digest), FileMode.Open))
        {
            disk.Position = 123_456;
            disk.WriteByte(1);
        }

        await using var damaged = new VerifyingStream((await Files.OpenAsync(stored.Digest, None))!, stored.Digest);
        Assert.Equal("file.corrupt", (await Assert.ThrowsAsync<RefusedException>(() => damaged.CopyToAsync(Stream.Null))).Code);
    }

    [Fact]
    public async Task Putting_the_same_bytes_again_mends_a_damaged_file()
    {
        var stored = await PutAsync([1, 2, 3]);
        await File.WriteAllBytesAsync(NameOf(stored.Digest), [9]);

        await PutAsync([1, 2, 3]);

        Assert.Equal([1, 2, 3], await BytesAsync(stored.Digest));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Links_are_not_followed(int depth)
    {
        var stored = await PutAsync([1, 2, 3]);
        var name = NameOf(stored.Digest);
        var elsewhere = Directory.CreateTempSubdirectory("skillbadges-elsewhere-").FullName;
        var linked = depth == 0 ? name : depth == 1 ? Path.GetDirectoryName(name)! : Path.GetDirectoryName(Path.GetDirectoryName(name))!;
        var target = Path.Combine(elsewhere, "target");
        if (depth == 0)
        {
            File.Move(name, target);
            File.CreateSymbolicLink(linked, target);
        }
        else
        {
            Directory.Move(linked, target);
            Directory.CreateSymbolicLink(linked, target);
        }

        Assert.Null(await Files.OpenAsync(stored.Digest, None));
        await Files.EraseAsync(stored.Digest, DateTimeOffset.MaxValue, None);
        Assert.NotEmpty(Directory.EnumerateFiles(elsewhere, "*", SearchOption.AllDirectories));
        Directory.Delete(elsewhere, recursive: true);
    }

    protected override void AssertNothingHalfWritten() => Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "incoming")));

    private string NameOf(Sha256Digest digest) => Path.Combine(folder, digest.Hex[..2], digest.Hex[2..4], digest.Hex);
}
