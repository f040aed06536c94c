using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SkillBadges.Credentials;

namespace SkillBadges.Core.Tests.Evidence.Content;

/// <summary>Files made byte by byte: pictures, sound, films and documents that are whole, and their parts to make them otherwise.</summary>
public static class SampleFiles
{
    public static byte[] PngSignature { get; } = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A gray picture, brighter to the right.</summary>
    public static byte[] Png(int width = 32, int height = 16, byte[]? beforeData = null, byte[]? afterData = null, byte[]? behind = null) =>
        [.. PngSignature, .. Header(width, height), .. beforeData ?? [], .. Chunk("IDAT", Zlib(GrayRows(width, height))), .. afterData ?? [], .. Chunk("IEND", []), .. behind ?? []];

    /// <summary>A valid picture of exactly so many bytes, from 80.</summary>
    public static byte[] PngOf(int length)
    {
        // Stored deflate blocks of up to 65,535 bytes; 57 bytes of frame, 6 of zlib, 5 for each block.
        var blocks = Enumerable.Range(1, 5000).First(count => length - 63 - (5 * count) <= 65_535 * count);
        var row = new byte[length - 63 - (5 * blocks)];
        using var zlib = new MemoryStream();
        zlib.Write([0x78, 0x01]);
        for (var (from, block) = (0, 1); block <= blocks; block++)
        {
            var part = Math.Min(65_535, row.Length - from);
            zlib.Write([(byte)(block == blocks ? 1 : 0), (byte)part, (byte)(part >> 8), (byte)~part, (byte)(~part >> 8)]);
            zlib.Write(row, from, part);
            from += part;
        }

        var check = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(check, Adler(row));
        zlib.Write(check);
        return [.. PngSignature, .. Header(row.Length - 1, 1), .. Chunk("IDAT", zlib.ToArray()), .. Chunk("IEND", [])];
    }

    public static byte[] Header(int width, int height, byte depth = 8, byte color = 0, byte interlace = 0) => Chunk("IHDR", [.. Big32(width), .. Big32(height), depth, color, 0, 0, interlace]);

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        return [.. Big32(data.Length), .. named, .. Big32((int)Crc32.Of(named))];
    }

    public static byte[] GrayRows(int width, int height) => [.. Enumerable.Range(0, height).SelectMany(_ => Enumerable.Range(0, width).Select(x => (byte)(255 * x / width)).Prepend((byte)0))];

    public static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>A gray picture of 32 by 16 whose upper left block is brighter; each part can be given.</summary>
    public static byte[] Jpeg(byte[]? segments = null, byte[]? behind = null, int width = 32, int height = 16) =>
    [
        0xFF, 0xD8, .. segments ?? [],
        .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)8, 64)]),
        .. Segment(0xC0, [8, .. Big16(height), .. Big16(width), 1, 1, 0x11, 0]),
        .. Segment(0xC4, [0x00, 0, 2, .. new byte[14], 0, 6]),   // differences of none or of 32 to 63, two bits each
        .. Segment(0xC4, [0x10, 1, 0, .. new byte[14], 0]),      // no further frequencies, one bit
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        .. Scan, 0xFF, 0xD9, .. behind ?? [],
    ];

    // Eight blocks: +40, -40, then six of no difference; filled with ones.
    private static byte[] Scan { get; } = Bits("01" + "101000" + "0" + "01" + "010111" + "0" + string.Concat(Enumerable.Repeat("000", 6)));

    public static byte[] Segment(byte marker, byte[] content) => [0xFF, marker, .. Big16(content.Length + 2), .. content];

    /// <summary>What a phone says: lies on its side, where, when, and with what.</summary>
    public static byte[] Exif(int orientation, bool little = false)
    {
        byte[] N2(int value) => little ? [.. Big16(value).Reverse()] : Big16(value);
        byte[] N4(int value) => little ? [.. Big32(value).Reverse()] : Big32(value);
        return Segment(0xE1,
        [
            .. "Exif\0\0"u8, .. little ? "II"u8 : "MM"u8, .. N2(42), .. N4(8), .. N2(2),
            .. N2(0x010F), .. N2(2), .. N4(4), .. "GPS\0"u8,
            .. N2(0x0112), .. N2(3), .. N4(1), .. N2(orientation), 0, 0,
            .. N4(0), .. "47.6097N 122.3331W Pixel of Ada"u8,
        ]);
    }

    public static byte[] Box(string type, params byte[][] content)
    {
        byte[] inside = [.. content.SelectMany(part => part)];
        return [.. Big32(inside.Length + 8), .. Encoding.Latin1.GetBytes(type), .. inside];
    }

    public static byte[] Ftyp(string brand = "isom", params string[] compatible) => Box("ftyp", Encoding.Latin1.GetBytes(brand), Big32(512), Encoding.Latin1.GetBytes(string.Concat(compatible)));

    /// <summary>A film with one track of each handler; each has one chunk of eight bytes in the media, which come first.</summary>
    public static byte[] Mp4(string brand = "isom", string[]? handlers = null, byte[]? inMovie = null, byte[]? inTrack = null, byte[]? behind = null, bool external = false, byte[]? media = null, string? coding = null)
    {
        var ftyp = Ftyp(brand, "isom", "mp42");
        var tracks = handlers ?? ["vide"];
        media ??= [.. tracks.SelectMany((_, at) => Encoding.ASCII.GetBytes($"SAMPLE-{at}"))];
        var moov = Box("moov", [Box("mvhd", [0, 0, 0, 0], Big32(0x12345678), Big32(0x12345678), new byte[88]), .. tracks.Select((handler, at) => Track(handler, ftyp.Length + 8 + (8 * at), inTrack, external, coding)), inMovie ?? []]);
        return [.. ftyp, .. Box("mdat", media), .. moov, .. behind ?? []];
    }

    public static byte[] Track(string handler, int offset, byte[]? inTrack = null, bool external = false, string? coding = null) => Box(
        "trak",
        Box("tkhd", [0, 0, 0, 7], Big32(0x12345678), Big32(0x12345678), new byte[72]),
        inTrack ?? [],
        Box(
            "mdia",
            Box("mdhd", [0, 0, 0, 0], Big32(0x12345678), Big32(0x12345678), new byte[12]),
            Box("hdlr", new byte[8], Encoding.ASCII.GetBytes(handler), new byte[13]),
            Box(
                "minf",
                Box("dinf", Box("dref", new byte[4], Big32(1), Box("url ", [0, 0, 0, (byte)(external ? 0 : 1)], external ? Encoding.ASCII.GetBytes("https://elsewhere.example/film\0") : []))),
                Box(
                    "stbl",
                    Box("stsd", new byte[4], Big32(coding is null ? 0 : 1), coding is null ? [] : Box(coding, new byte[28])),
                    Box("stsc", new byte[4], Big32(1), Big32(1), Big32(1), Big32(1)),
                    Box("stsz", new byte[4], Big32(0), Big32(1), Big32(8)),
                    Box("stco", new byte[4], Big32(1), Big32(offset))))));

    /// <summary>MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes a frame.</summary>
    public static byte[] Mp3(int frames = 5, byte[]? before = null, byte[]? behind = null) =>
        [.. before ?? [], .. Enumerable.Range(0, frames).SelectMany(_ => (byte[])[0xFF, 0xFB, 0x90, 0x00, .. new byte[413]]), .. behind ?? []];

    public static byte[] Id3(string text) => [.. "ID3"u8, 4, 0, 0, 0, 0, (byte)(text.Length >> 7), (byte)(text.Length & 0x7F), .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Wav(byte[]? chunks = null, byte[]? behind = null, byte format = 1)
    {
        byte[] inside = [.. "WAVE"u8, .. Riff("fmt ", [format, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0]), .. chunks ?? [], .. Riff("data", [128, 130, 128, 126])];
        return [.. Riff("RIFF", inside), .. behind ?? []];
    }

    public static byte[] Riff(string name, byte[] content) => [.. Encoding.ASCII.GetBytes(name), .. Big32(content.Length).Reverse(), .. content];

    public static byte[] Pdf(string objects = "1 0 obj <</Type /Catalog>> endobj\n", string behind = "\n") => Encoding.Latin1.GetBytes($"%PDF-1.7\n{objects}trailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF{behind}");

    public const string DocumentTypes = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

    /// <summary>A Word document with these further parts.</summary>
    public static byte[] Docx(params (string Name, byte[] Content)[] more) => Zip([("[Content_Types].xml", Encoding.UTF8.GetBytes(DocumentTypes)), ("word/document.xml", "<document/>"u8.ToArray()), .. more]);

    public static byte[] Zip(params (string Name, byte[] Content)[] parts)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }

    public static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    public static byte[] Big32(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Bits(string bits)
    {
        bits += new string('1', (8 - (bits.Length % 8)) % 8);
        return [.. bits.Chunk(8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }

    private static uint Adler(byte[] bytes)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }
}
