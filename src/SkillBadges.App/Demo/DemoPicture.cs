using System.Buffers.Binary;
using System.IO.Compression;
using SkillBadges.Credentials;

namespace SkillBadges.App.Demo;

/// <summary>A small PNG that stands for a photo: stripes whose color and width the number decides.</summary>
internal static class DemoPicture
{
    private const int Width = 160;
    private const int Height = 120;

    public static byte[] Of(int number)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Height);
        header[8] = 8; // bits a channel
        header[9] = 2; // red, green, blue
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compress(Pixels(number)));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Pixels(int number)
    {
        var rows = new byte[Height * (1 + (Width * 3))];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var at = (y * (1 + (Width * 3))) + 1 + (x * 3);
                var stripe = ((x + y) / (6 + (number % 9))) % 2 == 0;
                rows[at] = (byte)(60 + (number * 37 % 160));
                rows[at + 1] = (byte)(stripe ? 90 + (number * 11 % 120) : 40);
                rows[at + 2] = (byte)(stripe ? 200 : 70 + (y / 2));
            }
        }

        return rows;
    }

    private static byte[] Compress(byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of([.. type, .. data]));
        png.Write(number);
    }
}
