using System.IO.Compression;
using System.Text;
using SkillBadges.Credentials.Baking;
using SkillBadges.Credentials.Tests.OpenBadges;

namespace SkillBadges.Credentials.Tests.Baking;

public sealed class PngBakingTests
{
    private const string Jws = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJ4In0.AAAA";
    private const string Keyword = "openbadgecredential";

    private static readonly string badge = Encoding.UTF8.GetString(Samples.Welding().ToJson());

    [Theory]
    [InlineData(BakedKind.OpenBadge)]
    [InlineData(BakedKind.LearnerRecord)]
    public void What_is_baked_is_read_back(BakedKind kind)
    {
        foreach (var text in new[] { Jws, badge, """{"name":"焊接 😀"}""" })
        {
            var baked = PngBaking.Bake(PngSample.Plain(), text, kind);

            Assert.Equal(new BakedCredential(kind, text), BakedImage.Read(baked));
            Assert.Equal(ImageKind.Png, BakedImage.KindOf(baked));
        }
    }

    [Fact]
    public void Baking_adds_one_uncompressed_chunk_after_the_header_and_nothing_else()
    {
        var plain = PngSample.Plain();
        var baked = PngBaking.Bake(plain, Jws, BakedKind.OpenBadge);

        byte[] chunk = new PngSample().Chunk("iTXt", PngSample.Text(Keyword, Jws)).ToArray()[8..];
        Assert.Equal([.. plain[..33], .. chunk, .. plain[33..]], baked);
    }

    [Fact]
    public void A_decoder_that_is_not_ours_still_sees_the_image()
    {
        // zlib of the pixels is untouched; inflate it as a viewer would.
        var baked = PngBaking.Bake(PngSample.Plain(), badge, BakedKind.OpenBadge);
        var at = baked.AsSpan().IndexOf("IDAT"u8) + 4;
        using var zlib = new ZLibStream(new MemoryStream(baked[at..]), CompressionMode.Decompress);
        var pixels = new byte[14];
        zlib.ReadExactly(pixels);

        Assert.Equal([0, 255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0], pixels);
    }

    public static TheoryData<string, byte[]> Readable() => new()
    {
        { "language and translated keyword", PngSample.With(("iTXt", PngSample.Text(Keyword, Jws, language: "en", translated: "Badge"))) },
        { "other texts beside it", PngSample.With(("tEXt", Latin("Title\0A mask")), ("iTXt", PngSample.Text(Keyword, Jws)), ("iTXt", PngSample.Text("Comment", "hello", compression: 1))) },
        { "after the pixels", PngSample.Start().Pixels().Chunk("iTXt", PngSample.Text(Keyword, Jws)).End() },
        { "white space around it", PngSample.With(("iTXt", PngSample.Text(Keyword, $"\r\n {Jws}\t"))) },
        { "palette image", PngSample.Start(color: 3).Chunk("PLTE", new byte[6]).Pixels().Chunk("iTXt", PngSample.Text(Keyword, Jws)).End() },
        { "interlaced", PngSample.Start(interlace: 1).Chunk("iTXt", PngSample.Text(Keyword, Jws)).Pixels().End() },
        { "25 million pixels", PngSample.Start(width: 5000, height: 5000).Chunk("iTXt", PngSample.Text(Keyword, Jws)).Pixels().End() },
        { "own ancillary chunk", PngSample.With(("prVt", [1, 2, 3]), ("iTXt", PngSample.Text(Keyword, Jws))) },
        { "pixels in two parts", PngSample.Start().Pixels().Chunk("IDAT", []).Chunk("iTXt", PngSample.Text(Keyword, Jws)).End() },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Images_that_the_standard_allows_are_read(string what, byte[] png)
    {
        Assert.NotEmpty(what);
        Assert.Equal(Jws, PngBaking.Read(png).Text);
    }

    public static TheoryData<string, byte[], string> Refused()
    {
        var mark = ("iTXt", PngSample.Text(Keyword, Jws));
        var good = PngSample.With(mark);
        return new()
        {
            { "no credential", PngSample.Plain(), "baked.none" },
            { "two credentials", PngSample.With(mark, mark), "baked.several" },
            { "two that differ", PngSample.With(mark, ("iTXt", PngSample.Text(Keyword, badge))), "baked.several" },
            { "a badge and a record", PngSample.With(mark, ("iTXt", PngSample.Text("clrcredential", Jws))), "baked.several" },
            { "a second after the pixels", PngSample.Start().Chunk(mark.Item1, mark.Item2).Pixels().Chunk(mark.Item1, mark.Item2).End(), "baked.several" },
            { "a second as tEXt", PngSample.With(mark, ("tEXt", Latin($"{Keyword}\0{Jws}"))), "baked.several" },
            { "a badge beside a legacy one", PngSample.With(mark, ("tEXt", Latin("openbadges\0https://badges.example/assertion/1"))), "baked.several" },
            { "legacy URL in tEXt", PngSample.With(("tEXt", Latin("openbadges\0http://169.254.169.254/latest"))), "baked.legacy" },
            { "legacy in iTXt", PngSample.With(("iTXt", PngSample.Text("openbadges", Jws))), "baked.legacy" },
            { "legacy in zTXt", PngSample.With(("zTXt", Latin("openbadges\0\0x"))), "baked.legacy" },
            { "tEXt", PngSample.With(("tEXt", Latin($"{Keyword}\0{Jws}"))), "baked.misplaced" },
            { "zTXt", PngSample.With(("zTXt", Latin($"{Keyword}\0\0x"))), "baked.misplaced" },
            { "keyword in capitals", PngSample.With(("iTXt", PngSample.Text("OpenBadgeCredential", Jws))), "baked.misplaced" },
            { "keyword with a space", PngSample.With(("iTXt", PngSample.Text(Keyword + " ", Jws))), "baked.misplaced" },
            { "compressed", PngSample.With(("iTXt", PngSample.Text(Keyword, "x", compression: 1))), "baked.compressed" },
            { "compression flag 2", PngSample.With(("iTXt", PngSample.Text(Keyword, Jws, compression: 2))), "baked.compressed" },
            { "compression method 1", PngSample.With(("iTXt", PngSample.Text(Keyword, Jws, method: 1))), "png.text" },
            { "no keyword", PngSample.With(("iTXt", [0, 0, 0, 0, 0])), "png.text" },
            { "keyword without end", PngSample.With(("iTXt", Latin(Keyword))), "png.text" },
            { "keyword of 80 bytes", PngSample.With(("tEXt", Latin(new string('k', 80) + "\0x"))), "png.text" },
            { "ends after the keyword", PngSample.With(("iTXt", Latin($"{Keyword}\0"))), "png.text" },
            { "ends after the flag", PngSample.With(("iTXt", Latin($"{Keyword}\0\0"))), "png.text" },
            { "language without end", PngSample.With(("iTXt", Latin($"{Keyword}\0\0\0en"))), "png.text" },
            { "translated keyword without end", PngSample.With(("iTXt", Latin($"{Keyword}\0\0\0en\0Badge"))), "png.text" },
            { "empty text", PngSample.With(("iTXt", PngSample.Text(Keyword, ""))), "baked.text" },
            { "text is a URL", PngSample.With(("iTXt", PngSample.Text(Keyword, "https://badges.example/1"))), "baked.text" },
            { "text is HTML", PngSample.With(("iTXt", PngSample.Text(Keyword, "<b>badge</b>"))), "baked.text" },
            { "text is a JSON array", PngSample.With(("iTXt", PngSample.Text(Keyword, "[{}]"))), "baked.text" },
            { "two JWS in one text", PngSample.With(("iTXt", PngSample.Text(Keyword, $"{Jws} {Jws}"))), "baked.text" },
            { "JWS with four parts", PngSample.With(("iTXt", PngSample.Text(Keyword, $"{Jws}.AAAA"))), "baked.text" },
            { "text with U+0000", PngSample.With(("iTXt", PngSample.Text(Keyword, "{\0}"))), "baked.text" },
            { "text is no UTF-8", PngSample.With(("iTXt", [.. Latin($"{Keyword}\0\0\0\0\0"), (byte)'{', 0xC0, 0x80, (byte)'}'])), "baked.text" },
            { "text too long", PngSample.With(("iTXt", PngSample.Text(Keyword, "{" + new string(' ', BakedCredential.MaximumLength) + "}"))), "baked.text" },
            { "empty file", [], "png.signature" },
            { "signature only", good[..8], "png.truncated" },
            { "signature with a wrong byte", [.. good[..4], 0x0A, .. good[5..]], "png.signature" },
            { "JPEG", [0xFF, 0xD8, 0xFF, 0xE0, .. good[4..]], "png.signature" },
            { "cut inside the header", good[..20], "png.truncated" },
            { "cut before the end", good[..^12], "png.truncated" },
            { "cut in the last byte", good[..^1], "png.truncated" },
            { "one byte after the end", [.. good, 0], "png.trailing-data" },
            { "a zip after the end", [.. good, .. "PK\u0003\u0004"u8], "png.trailing-data" },
            { "a second image after the end", [.. good, .. good], "png.trailing-data" },
            { "wrong checksum of the credential", PngSample.Start().Chunk(mark.Item1, mark.Item2, crc: 1).Pixels().End(), "png.crc" },
            { "wrong checksum of another part", PngSample.Start().Chunk(mark.Item1, mark.Item2).Chunk("tIME", new byte[7], crc: 0).Pixels().End(), "png.crc" },
            { "length beyond the file", PngSample.Start().Chunk("iTXt", PngSample.Text(Keyword, Jws), length: 100_000).End(), "png.truncated" },
            { "length of 2^32-1", PngSample.Start().Chunk("iTXt", PngSample.Text(Keyword, Jws), length: uint.MaxValue).End(), "png.truncated" },
            { "length of 2^31", PngSample.Start().Chunk("iTXt", PngSample.Text(Keyword, Jws), length: 0x80000000).End(), "png.truncated" },
            { "length too short", PngSample.Start().Chunk("iTXt", PngSample.Text(Keyword, Jws), length: 3).End(), "png.crc" },
            { "no header", new PngSample().Chunk(mark.Item1, mark.Item2).Pixels().End(), "png.chunk-order" },
            { "header not first", new PngSample().Pixels().Chunk("IHDR", good[16..29]).End(), "png.chunk-order" },
            { "header twice", PngSample.Start().Chunk("IHDR", good[16..29]).Pixels().End(), "png.chunk-order" },
            { "no pixels", PngSample.Start().Chunk(mark.Item1, mark.Item2).End(), "png.chunk-order" },
            { "pixels in two places", PngSample.Start().Pixels().Chunk(mark.Item1, mark.Item2).Pixels().End(), "png.chunk-order" },
            { "palette after the pixels", PngSample.Start().Pixels().Chunk("PLTE", new byte[3]).End(), "png.chunk-order" },
            { "palette twice", PngSample.Start().Chunk("PLTE", new byte[3]).Chunk("PLTE", new byte[3]).Pixels().End(), "png.chunk-order" },
            { "palette of four bytes", PngSample.Start().Chunk("PLTE", new byte[4]).Pixels().End(), "png.chunk-order" },
            { "palette missing", PngSample.Start(color: 3).Pixels().End(), "png.chunk-order" },
            { "end with content", PngSample.Start().Pixels().Chunk("IEND", [1]).ToArray(), "png.chunk-order" },
            { "header of 12 bytes", new PngSample().Chunk("IHDR", new byte[12]).Pixels().End(), "png.header" },
            { "width 0", PngSample.Start(width: 0).Pixels().End(), "png.header" },
            { "height 0", PngSample.Start(height: 0).Pixels().End(), "png.header" },
            { "width of 2^31", PngSample.Start(width: 0x80000000).Pixels().End(), "png.header" },
            { "depth 3", PngSample.Start(depth: 3).Pixels().End(), "png.header" },
            { "depth 16 with a palette", PngSample.Start(depth: 16, color: 3).Pixels().End(), "png.header" },
            { "color type 5", PngSample.Start(color: 5).Pixels().End(), "png.header" },
            { "compression method 1 in the header", PngSample.Start(compression: 1).Pixels().End(), "png.header" },
            { "filter method 1", PngSample.Start(filter: 1).Pixels().End(), "png.header" },
            { "interlace 2", PngSample.Start(interlace: 2).Pixels().End(), "png.header" },
            { "25,005,000 pixels", PngSample.Start(width: 5001, height: 5000).Pixels().End(), "png.too-many-pixels" },
            { "2^62 pixels", PngSample.Start(width: int.MaxValue, height: int.MaxValue).Pixels().End(), "png.too-many-pixels" },
            { "unknown critical part", PngSample.With(("FdAT", [1]), mark), "png.unknown-chunk" },
            { "part without a name", PngSample.With(("i\u0000Xt", [1]), mark), "png.chunk-type" },
            { "part named in digits", PngSample.With(("12ab", [1]), mark), "png.chunk-type" },
        };
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Everything_else_is_refused_by_name(string what, byte[] png, string code)
    {
        Assert.NotEmpty(what);
        Assert.Equal(code, Assert.Throws<MalformedException>(() => PngBaking.Read(png)).Code);
    }

    [Fact]
    public void An_image_of_many_tiny_parts_is_refused()
    {
        var png = PngSample.Start();
        for (var i = 0; i < 65_536; i++)
        {
            png.Chunk("prVt", []);
        }

        Assert.Equal("png.too-many-chunks", Assert.Throws<MalformedException>(() => PngBaking.Read(png.Pixels().End())).Code);
    }

    [Fact]
    public void An_image_of_too_many_bytes_is_refused_before_it_is_looked_at() =>
        Assert.Equal("image.too-large", Assert.Throws<MalformedException>(() => PngBaking.Read(new byte[BakedImage.MaximumSize + 1])).Code);

    [Theory]
    [InlineData("https://badges.example/1", "baked.text")]
    [InlineData("", "baked.text")]
    public void What_is_no_credential_cannot_be_baked(string text, string code) =>
        Assert.Equal(code, Assert.Throws<MalformedException>(() => PngBaking.Bake(PngSample.Plain(), text, BakedKind.OpenBadge)).Code);

    [Fact]
    public void An_image_that_holds_a_credential_takes_no_second_one()
    {
        var baked = PngBaking.Bake(PngSample.Plain(), Jws, BakedKind.OpenBadge);
        var legacy = PngSample.With(("tEXt", Latin("openbadges\0https://badges.example/assertion/1")));

        Assert.All([baked, legacy], image => Assert.Equal("baked.several", Assert.Throws<MalformedException>(() => PngBaking.Bake(image, Jws, BakedKind.LearnerRecord)).Code));
    }

    [Fact]
    public void Every_flipped_bit_of_a_baked_image_is_noticed()
    {
        var baked = PngBaking.Bake(PngSample.Plain(), Jws, BakedKind.OpenBadge);
        for (var bit = 0; bit < baked.Length * 8; bit++)
        {
            baked[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Throws<MalformedException>(() => PngBaking.Read(baked));
            baked[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void The_checksum_is_the_published_one() =>
        // The check value of CRC-32/ISO-HDLC.
        Assert.Equal(0xCBF43926, PngSample.SlowCrc("123456789"u8));

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);
}
