using System.Buffers.Binary;

namespace SkillBadges.App.Pdf.Pictures;

/// <summary>The parts of a PNG file that a document needs. Published pictures were checked when they came in; here only what would be misread is.</summary>
internal sealed record PngFile(int Width, int Height, int Depth, byte ColorType, byte[] Palette, byte[] Transparency, byte[] Data)
{
    private const int MaxPixels = 4_000_000;

    public bool IsIndexed => ColorType == 3;

    public bool HasAlphaChannel => ColorType is 4 or 6;

    /// <summary>Values of a pixel, without transparency.</summary>
    public int Colors => ColorType is 2 or 6 ? 3 : 1;

    /// <summary>Null for other files, interlaced pictures and very large ones.</summary>
    public static PngFile? Read(ReadOnlySpan<byte> png)
    {
        if (png.Length < 33 || !png.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) || !png.Slice(12, 4).SequenceEqual("IHDR"u8))
        {
            return null;
        }

        var header = png[16..];
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        var isKnown = (header[9], header[8]) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);
        if (!isKnown || width is 0 or > MaxPixels || height == 0 || height > MaxPixels / width || header[12] != 0)
        {
            return null;
        }

        using var data = new MemoryStream();
        byte[] palette = [], transparency = [];
        for (var at = 8; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - 12)
            {
                return null;
            }

            var type = png.Slice(at + 4, 4);
            var content = png.Slice(at + 8, (int)length);
            if (type.SequenceEqual("PLTE"u8))
            {
                palette = content.ToArray();
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                transparency = content.ToArray();
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                data.Write(content);
            }

            at += 12 + (int)length;
        }

        var file = new PngFile((int)width, (int)height, header[8], header[9], palette, transparency, data.ToArray());
        return file.Data.Length > 0 && (!file.IsIndexed || (palette.Length is >= 3 and <= 768 && palette.Length % 3 == 0)) ? file : null;
    }
}
