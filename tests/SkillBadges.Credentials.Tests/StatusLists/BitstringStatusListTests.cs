using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using SkillBadges.Credentials.Keys;
using SkillBadges.Credentials.StatusLists;

namespace SkillBadges.Credentials.Tests.StatusLists;

public sealed class BitstringStatusListTests
{
    [Fact]
    public void Entry_0_is_the_most_significant_bit()
    {
        var list = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);
        list[0] = 1;
        list[9] = 1;
        var bytes = Unzip(list.Encode());
        Assert.Equal(16 * 1024, bytes.Length);
        Assert.Equal(0b1000_0000, bytes[0]);
        Assert.Equal(0b0100_0000, bytes[1]);
        Assert.Equal(0, bytes[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Statuses_come_back_whatever_their_size(int bits)
    {
        const int entries = 200_003;
        var list = BitstringStatusList.Create(entries, bits);
        var expected = new Dictionary<long, int>();
        for (var number = 0; number < 2_000; number++)
        {
            var index = RandomNumberGenerator.GetInt32(entries);
            list[index] = expected[index] = RandomNumberGenerator.GetInt32(1 << bits);
        }

        list[entries - 1] = expected[entries - 1] = (1 << bits) - 1;
        var read = BitstringStatusList.Read(list.Encode(), bits);
        for (var index = 0; index < entries; index++)
        {
            Assert.Equal(expected.GetValueOrDefault(index), read[index]);
        }
    }

    [Fact]
    public void A_change_is_packed_into_what_any_gzip_reader_understands()
    {
        var list = BitstringStatusList.Create(1_000_000, 1);
        for (var number = 0; number < 50_000; number++)
        {
            list[RandomNumberGenerator.GetInt32(1_000_000)] = 1;
        }

        list.Encode();
        foreach (var index in new long[] { 0, 131_071, 131_072, 999_999 })
        {
            var before = list[index];
            list[index] = 1 - before;
            var bytes = Unzip(list.Encode());
            Assert.Equal(1 - before, (bytes[index / 8] >> (int)(7 - (index % 8))) & 1);
            Assert.Equal(1 - before, BitstringStatusList.Read(list.Encode(), 1)[index]);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(131_072)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 61)]
    [InlineData((1L << 32) + 1)]
    public void An_index_beyond_the_end_is_not_there(long index)
    {
        var list = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[index]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[index] = 1);
    }

    [Theory]
    [InlineData(131_071, 1)]
    [InlineData(131_072, 0)]
    [InlineData(131_072, -1)]
    [InlineData(131_072, 9)]
    public void A_list_that_the_standard_does_not_allow_is_not_made(long entries, int bits)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BitstringStatusList.Create(entries, bits));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9)]
    [InlineData(int.MaxValue)]
    public void A_status_size_out_of_range_is_refused(int bits)
    {
        Assert.Equal("status.size", CodeOf(Good(), bits));
    }

    [Fact]
    public void Lists_that_are_not_what_they_must_be_are_refused_by_name()
    {
        var gzip = Zip(new byte[16 * 1024]);
        Assert.Equal("status.list-malformed", CodeOf(""));
        Assert.Equal("status.list-malformed", CodeOf("u"));
        Assert.Equal("status.list-malformed", CodeOf(Text(gzip)[1..]));
        Assert.Equal("status.list-malformed", CodeOf("z" + Text(gzip)[1..]));
        Assert.Equal("status.list-malformed", CodeOf(Text(gzip) + "="));
        Assert.Equal("status.list-malformed", CodeOf("u" + Convert.ToBase64String(gzip)));
        Assert.Equal("status.list-malformed", CodeOf(Text([1, 2, 3])));
        Assert.Equal("status.list-malformed", CodeOf(Text([.. gzip[..^9], .. gzip[^8..]])));
        Assert.Equal("status.list-malformed", CodeOf(Text([.. gzip, 0])));
        Assert.Equal("status.list-malformed", CodeOf(Text([.. gzip[..^8], .. new byte[4], .. gzip[^4..]])));
        Assert.Equal("status.list-malformed", CodeOf(Text([.. gzip[..^4], 1, 0, 0, 0])));
        Assert.Equal("status.list-malformed", CodeOf(Text([0x1F, 0x8B, 7, .. gzip[3..]])));
        Assert.Equal("status.list-malformed", CodeOf(Text([0x1F, 0x8B, 8, 0xFF, .. gzip[4..]])));
        Assert.Equal("status.list-malformed", CodeOf(Text([0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, .. gzip[10..]])));
        Assert.Equal("status.list-malformed", CodeOf(Text([.. gzip[..10], 0xFF, 0xFF, .. gzip[12..]])));
        Assert.Equal("status.list-too-short", CodeOf(Text(Zip(new byte[(16 * 1024) - 1]))));
        Assert.Equal("status.list-too-short", CodeOf(Text(Zip(new byte[1]))));
        Assert.Equal("status.list-too-short", CodeOf(Good(16 * 1024 * 2), 3));
        Assert.Equal("status.list-trailing-data", CodeOf(Text([.. gzip, .. gzip])));
        Assert.Equal("status.list-trailing-data", CodeOf(Text([.. gzip[..^8], .. "hidden"u8, .. gzip[^8..]])));
        Assert.Equal("status.list-trailing-data", CodeOf(Text([.. gzip[..^8], 0, .. gzip[^8..]])));
        Assert.Equal("status.list-too-large", CodeOf(Text([.. gzip[..^4], 0xFF, 0xFF, 0xFF, 0xFF])));
        Assert.Equal("status.list-too-large", CodeOf(Text(Zip(new byte[BitstringStatusList.MaxBytes + 1]))));
        Assert.Equal(BitstringStatusList.MaxBytes * 8L, BitstringStatusList.Read(Text(Zip(new byte[BitstringStatusList.MaxBytes])), 1).Entries);
    }

    [Fact]
    public void A_header_with_a_name_and_a_comment_is_read_over()
    {
        var gzip = Zip(new byte[16 * 1024]);
        byte[] named = [0x1F, 0x8B, 8, 4 + 8 + 16 + 2, 0, 0, 0, 0, 0, 0xFF, 2, 0, 7, 7, .. "name\0comment\0"u8, 0, 0, .. gzip[10..]];
        Assert.Equal(BitstringStatusList.LeastEntries, BitstringStatusList.Read(Text(named), 1).Entries);
    }

    [Fact]
    public void A_bomb_of_ten_gigabytes_costs_no_memory_to_speak_of()
    {
        // 160 times 64 MiB of zeros, and a trailer that claims little.
        using var one = new MemoryStream();
        using (var deflate = new DeflateStream(one, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(new byte[64 * 1024 * 1024]);
            deflate.Flush();
            one.SetLength(one.Position);
            var bomb = new List<byte>([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]);
            for (var number = 0; number < 160; number++)
            {
                bomb.AddRange(one.ToArray());
            }

            bomb.AddRange([3, 0, 0, 0, 0, 0, 0, 0, 16, 0]);
            var text = Text([.. bomb]);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            Assert.Equal("status.list-malformed", CodeOf(text));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
            Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
        }
    }

    [Fact]
    public void No_flipped_bit_of_a_packed_list_reads_as_another_list()
    {
        var list = BitstringStatusList.Create(BitstringStatusList.LeastEntries, 1);
        list[77] = 1;
        var good = list.Encode();
        var gzip = StrictBase64Url.Decode(good.AsSpan(1))!;
        var refused = 0;
        for (var bit = 0; bit < gzip.Length * 8; bit++)
        {
            gzip[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // The time, the system and padding bits say nothing about the content.
                Assert.Equal(good, BitstringStatusList.Read(Text(gzip), 1).Encode());
            }
            catch (MalformedException fault)
            {
                Assert.StartsWith("status.list-", fault.Code, StringComparison.Ordinal);
                refused++;
            }

            gzip[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.InRange(refused, gzip.Length * 8 / 2, gzip.Length * 8);
    }

    private static string Good(int bytes = 16 * 1024) => Text(Zip(new byte[bytes]));

    private static string CodeOf(string encodedList, int bits = 1) =>
        Assert.Throws<MalformedException>(() => BitstringStatusList.Read(encodedList, bits)).Code;

    private static string Text(byte[] gzip) => "u" + StrictBase64Url.Encode(gzip);

    private static byte[] Zip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Optimal))
        {
            zip.Write(bytes);
        }

        return output.ToArray();
    }

    private static byte[] Unzip(string encodedList)
    {
        using var zip = new GZipStream(new MemoryStream(StrictBase64Url.Decode(encodedList.AsSpan(1))!), CompressionMode.Decompress);
        using var output = new MemoryStream();
        zip.CopyTo(output);
        return output.ToArray();
    }
}
