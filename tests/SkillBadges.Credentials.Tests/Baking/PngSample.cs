using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SkillBadges.Credentials.Tests.Baking;

/// <summary>Builds PNG images chunk by chunk, right or wrong. Its checksum is computed the slow way, apart from the code under test.</summary>
internal sealed class PngSample
{
    private readonly MemoryStream bytes = new();

    public PngSample() => bytes.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    public static PngSample Start(uint width = 2, uint height = 2, byte depth = 8, byte color = 2, byte compression = 0, byte filter = 0, byte interlace = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        new[] { depth, color, compression, filter, interlace }.CopyTo(header, 8);
        return new PngSample().Chunk("IHDR", header);
    }

    /// <summary>Two by two red pixels.</summary>
    public static byte[] Plain() => Start().Pixels().End();

    public static byte[] With(params (string Type, byte[] Data)[] chunks) =>
        chunks.Aggregate(Start(), (png, chunk) => png.Chunk(chunk.Type, chunk.Data)).Pixels().End();

    public static byte[] Text(string keyword, string text, byte compression = 0, byte method = 0, string language = "", string translated = "") =>
        [.. Encoding.Latin1.GetBytes(keyword), 0, compression, method, .. Encoding.ASCII.GetBytes(language), 0, .. Encoding.UTF8.GetBytes(translated), 0, .. Encoding.UTF8.GetBytes(text)];

    public PngSample Chunk(string type, byte[] data, uint? crc = null, uint? length = null)
    {
        byte[] body = [.. Encoding.Latin1.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(number, length ?? (uint)data.Length);
        bytes.Write(number);
        bytes.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc ?? SlowCrc(body));
        bytes.Write(number);
        return this;
    }

    public PngSample Pixels()
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write([0, 255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0]);
        }

        return Chunk("IDAT", packed.ToArray());
    }

    public byte[] End() => Chunk("IEND", []).ToArray();

    public byte[] ToArray() => bytes.ToArray();

    public static uint SlowCrc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
            }
        }

        return ~crc;
    }
}
