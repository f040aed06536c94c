using System.IO.Compression;
using System.Text;
using SkillBadges.Core.Sharing.Transfers.Packs;

namespace SkillBadges.Core.Tests.Sharing;

/// <summary>Containers that somebody made to do harm (threat T16).</summary>
public sealed class PackZipTests
{
    [Theory]
    [InlineData("../manifest.json")]
    [InlineData("/etc/passwd")]
    [InlineData("record\\ledger.json")]
    [InlineData("record/../manifest.json")]
    [InlineData("evidence/../../x")]
    [InlineData("evidence/nested.zip")]
    [InlineData("MANIFEST.JSON")]
    [InlineData("record/ledger.json/")]
    [InlineData("keys/did.json\u0000.txt")]
    [InlineData("evidence/ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public async Task A_name_that_no_pack_has_is_a_fault(string name)
    {
        var (_, faults) = await ReadAsync(zip => Add(zip, name, "x"u8.ToArray()));

        Assert.Equal("unknown-file", Assert.Single(faults).Code);
    }

    [Fact]
    public async Task The_same_name_twice_is_a_fault()
    {
        var (_, faults) = await ReadAsync(zip =>
        {
            Add(zip, PackNames.Manifest, "{}"u8.ToArray());
            Add(zip, PackNames.Manifest, "{ }"u8.ToArray());
        });

        Assert.Equal((PackNames.Manifest, "repeated"), Assert.Single(faults.Select(fault => (fault.File, fault.Code))));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_far_more_than_it_is_packed_to_is_a_fault()
    {
        var (_, faults) = await ReadAsync(zip => Add(zip, PackNames.Ledger, new byte[30_000_000]));

        Assert.Equal((PackNames.Ledger, "too-large"), Assert.Single(faults.Select(fault => (fault.File, fault.Code))));
    }

    [Fact]
    public async Task A_symbolic_link_is_a_fault()
    {
        var (_, faults) = await ReadAsync(zip => Add(zip, PackNames.Manifest, "/etc/passwd"u8.ToArray(), attributes: unchecked((int)0xA1FF0000)));

        Assert.Equal("link", Assert.Single(faults).Code);
    }

    [Fact]
    public async Task More_files_than_a_pack_holds_are_a_fault()
    {
        var (_, faults) = await ReadAsync(zip =>
        {
            for (var number = 0; number <= PackZip.MaxFiles; number++)
            {
                Add(zip, PackNames.EvidenceOf(Sha256Digest.Of(BitConverter.GetBytes(number))), [1]);
            }
        });

        Assert.Equal("too-many-files", Assert.Single(faults).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a zip at all")]
    [InlineData("PK\u0003\u0004 and then nothing")]
    public async Task Bytes_that_are_no_container_are_a_fault_and_nothing_worse(string bytes)
    {
        var (_, faults) = await PackZip.ReadAsync(Encoding.Latin1.GetBytes(bytes), CancellationToken.None);

        Assert.Equal("unreadable", Assert.Single(faults).Code);
    }

    [Fact]
    public async Task What_is_written_is_read_and_equal_contents_are_equal_bytes()
    {
        var (first, second) = (await WrittenAsync(), await WrittenAsync());

        var (files, faults) = await PackZip.ReadAsync(first, CancellationToken.None);

        Assert.Empty(faults);
        Assert.Equal(first, second);
        Assert.Equal("words", Encoding.UTF8.GetString(files[PackNames.Legend]));
    }

    private static async Task<byte[]> WrittenAsync()
    {
        using var target = new MemoryStream();
        await PackZip.WriteAsync(target, [(PackNames.Legend, _ => Task.FromResult<Stream>(new MemoryStream("words"u8.ToArray())))], CancellationToken.None);
        return target.ToArray();
    }

    private static async Task<(IReadOnlyDictionary<string, byte[]> Files, IReadOnlyList<PackFault> Faults)> ReadAsync(Action<ZipArchive> fill)
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return await PackZip.ReadAsync(target.ToArray(), CancellationToken.None);
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes, int attributes = 0)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = attributes;
        using var stream = entry.Open();
        stream.Write(bytes);
    }
}
