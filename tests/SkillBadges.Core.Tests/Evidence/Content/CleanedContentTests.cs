using System.Text;
using SkillBadges.Core.Evidence.Content;

namespace SkillBadges.Core.Tests.Evidence.Content;

/// <summary>What is kept of a file, and what of it is not.</summary>
public sealed class CleanedContentTests
{
    [Fact]
    public void A_picture_without_further_words_stays_as_it_is()
    {
        Assert.Equal(SampleFiles.Png(), Cleaned(SampleFiles.Png(), "image/png"));
        Assert.Equal(SampleFiles.Jpeg(), Cleaned(SampleFiles.Jpeg(), "image/jpeg"));
        Assert.Equal(SampleFiles.PngOf(100_000), Cleaned(SampleFiles.PngOf(100_000), "image/png"));
        Assert.Equal(100_000, SampleFiles.PngOf(100_000).Length);
    }

    [Theory]
    [InlineData("eXIf")]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("iTXt")]
    [InlineData("tIME")]
    [InlineData("iCCP")]
    [InlineData("acTL")]
    [InlineData("prVt")]
    public void A_png_loses_what_is_said_beside_the_picture(string type)
    {
        var chunk = SampleFiles.Chunk(type, "47.6097N 122.3331W"u8.ToArray());

        Assert.Equal(SampleFiles.Png(), Cleaned(SampleFiles.Png(beforeData: chunk, afterData: chunk), "image/png"));
    }

    [Fact]
    public void A_png_keeps_what_it_looks_like()
    {
        byte[] looks = [.. SampleFiles.Chunk("gAMA", SampleFiles.Big32(45455)), .. SampleFiles.Chunk("sRGB", [0]), .. SampleFiles.Chunk("pHYs", new byte[9])];

        Assert.Equal(SampleFiles.Png(beforeData: looks), Cleaned(SampleFiles.Png(beforeData: looks), "image/png"));
    }

    [Fact]
    public void A_jpeg_loses_place_comment_thumbnail_and_maker()
    {
        byte[] jfif = SampleFiles.Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 1, 1, 9, 9, 9]);
        byte[] said =
        [
            .. jfif, .. SampleFiles.Segment(0xE0, "JFXX\0thumbnail"u8.ToArray()), .. SampleFiles.Exif(1), .. SampleFiles.Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0GPS"u8.ToArray()),
            .. SampleFiles.Segment(0xE2, "MPF\0GPS"u8.ToArray()), .. SampleFiles.Segment(0xED, "Photoshop 3.0\0GPS"u8.ToArray()), .. SampleFiles.Segment(0xFE, "GPS"u8.ToArray()),
        ];

        var cleaned = Cleaned(SampleFiles.Jpeg(said), "image/jpeg");

        Assert.Equal(SampleFiles.Jpeg([.. SampleFiles.Segment(0xE0, [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 0, 0])]), cleaned);
        Assert.Equal(-1, cleaned.AsSpan().IndexOf("GPS"u8));
    }

    [Theory]
    [InlineData(6, false)]
    [InlineData(6, true)]
    [InlineData(3, true)]
    [InlineData(8, false)]
    public void A_photo_that_lies_on_its_side_keeps_its_orientation_and_nothing_else(int orientation, bool little)
    {
        var cleaned = Cleaned(SampleFiles.Jpeg(SampleFiles.Exif(orientation, little)), "image/jpeg");

        Assert.Equal(SampleFiles.Jpeg().Length + 36, cleaned.Length);
        Assert.Equal((byte)orientation, cleaned[2 + 29]);
        Assert.Equal(-1, cleaned.AsSpan().IndexOf("GPS"u8));
        Assert.Equal(cleaned, Cleaned(cleaned, "image/jpeg"));
    }

    [Fact]
    public void What_phones_hang_behind_a_photo_is_cut_off()
    {
        foreach (var behind in new[] { new byte[100], SampleFiles.Jpeg(SampleFiles.Exif(6)), [.. SampleFiles.Jpeg(), 0, 0, .. SampleFiles.Jpeg()], SampleFiles.Mp4(), [.. "GPS block"u8, .. "SEFT"u8] })
        {
            Assert.Equal(SampleFiles.Jpeg(), Cleaned(SampleFiles.Jpeg(behind: behind), "image/jpeg"));
        }
    }

    [Theory]
    [InlineData("udta")]
    [InlineData("meta")]
    [InlineData("uuid")]
    [InlineData("\u00A9xyz")]
    [InlineData("what")]
    public void A_film_loses_its_places_and_no_offset_moves(string type)
    {
        var box = SampleFiles.Box(type, "+47.6097-122.3331/ Pixel of Ada"u8.ToArray());
        var film = SampleFiles.Mp4(inMovie: box, inTrack: box);

        var cleaned = Cleaned(film, "video/mp4");

        Assert.Equal(film.Length, cleaned.Length);
        Assert.Equal(-1, cleaned.AsSpan().IndexOf("122.3331"u8));
        Assert.Equal(-1, cleaned.AsSpan().IndexOf(SampleFiles.Big32(0x12345678)));
        Assert.Equal(film.AsSpan().IndexOf("SAMPLE-0"u8), cleaned.AsSpan().IndexOf("SAMPLE-0"u8));
        Assert.Equal(film.AsSpan().IndexOf("stco"u8), cleaned.AsSpan().IndexOf("stco"u8));
        Assert.Equal(cleaned, Cleaned(cleaned, "video/mp4"));
    }

    [Fact]
    public void A_track_of_positions_goes_with_its_samples()
    {
        var film = SampleFiles.Mp4(handlers: ["vide", "meta", "soun"]);

        var cleaned = Cleaned(film, "video/mp4");

        Assert.Equal(film.Length, cleaned.Length);
        Assert.Equal((-1, true, true), (cleaned.AsSpan().IndexOf("SAMPLE-1"u8), cleaned.AsSpan().IndexOf("SAMPLE-0"u8) > 0, cleaned.AsSpan().IndexOf("SAMPLE-2"u8) > 0));
    }

    [Theory]
    [InlineData("qt  ", "video/quicktime")]
    [InlineData("M4A ", "audio/mp4")]
    [InlineData("mp42", "audio/mp4")]
    [InlineData("3gp4", "audio/mp4")]
    public void A_films_brand_tells_what_it_is_and_without_pictures_it_is_sound(string brand, string mediaType)
    {
        Assert.NotEmpty(Cleaned(SampleFiles.Mp4(brand, ["soun"], coding: "mp4a"), mediaType));
        Assert.NotEmpty(Cleaned(SampleFiles.Mp4("mp42", ["vide", "soun"]), "video/mp4"));
    }

    [Fact]
    public void Sound_loses_names_and_pictures()
    {
        Assert.Equal(SampleFiles.Mp3(), Cleaned(SampleFiles.Mp3(before: SampleFiles.Id3("Ada Lovelace")), "audio/mpeg"));
        Assert.Equal(SampleFiles.Mp3(), Cleaned(SampleFiles.Mp3(behind: [.. "TAG"u8, .. new byte[125]]), "audio/mpeg"));
        Assert.Equal(SampleFiles.Wav(), Cleaned(SampleFiles.Wav(SampleFiles.Riff("LIST", "INFOIART Ada"u8.ToArray())), "audio/wav"));
        Assert.Equal(SampleFiles.Wav(), Cleaned(SampleFiles.Wav(SampleFiles.Riff("bext", "Ada"u8.ToArray().Append((byte)0).ToArray())), "audio/wav"));
    }

    [Fact]
    public void Documents_and_text_are_kept_as_they_came()
    {
        Assert.Equal(SampleFiles.Pdf(), Cleaned(SampleFiles.Pdf(), "application/pdf"));
        Assert.Equal(SampleFiles.Docx(), Cleaned(SampleFiles.Docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Schweißnaht \u7B2C\u4E09 \U0001F525; ", 20_000)));
        Assert.Equal(text, Cleaned(text, "text/plain"));
    }

    private static byte[] Cleaned(byte[] file, string mediaType)
    {
        var content = EvidenceContent.Inspect(new MemoryStream(file));
        using var cleaned = new MemoryStream();
        content.Open().CopyTo(cleaned);
        Assert.Equal((mediaType, cleaned.Length), (content.MediaType, content.Length));
        return cleaned.ToArray();
    }
}
