using System.Buffers.Binary;
using System.IO.Compression;

namespace SkillBadges.Credentials.StatusLists;

/// <summary>
/// Packs bytes as one gzip member made of deflate segments that are packed apart: each ends at a byte boundary and refers to
/// nothing before it (RFC 1951 3.2.4, an empty stored block), so that after a change only its own segment is packed again. The
/// member's checksum is put together from those of the segments.
/// </summary>
internal sealed class GzipSegments(byte[] bytes)
{
    private const int SegmentLength = 16 * 1024;

    private static readonly uint[] ShiftBySegment = Crc32.ShiftBy(SegmentLength);

    // Magic, deflate, no flags, no time, no extra flags, unknown system.
    private static ReadOnlySpan<byte> Header => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];

    // A last block with fixed codes that holds nothing but its end.
    private static ReadOnlySpan<byte> LastBlock => [0x03, 0x00];

    private readonly byte[]?[] packed = new byte[(bytes.Length + SegmentLength - 1) / SegmentLength][];
    private readonly uint[] checksums = new uint[(bytes.Length + SegmentLength - 1) / SegmentLength];

    internal void Changed(long offset) => packed[offset / SegmentLength] = null;

    internal byte[] Pack()
    {
        uint checksum = 0;
        var length = Header.Length + LastBlock.Length + 8;
        for (var segment = 0; segment < packed.Length; segment++)
        {
            var part = Part(segment);
            packed[segment] ??= PackPart(segment, part);
            length += packed[segment]!.Length;
            checksum = Crc32.Combine(checksum, checksums[segment], part.Length == SegmentLength ? ShiftBySegment : Crc32.ShiftBy(part.Length));
        }

        var gzip = new byte[length];
        Header.CopyTo(gzip);
        var at = Header.Length;
        foreach (var part in packed)
        {
            part!.CopyTo(gzip, at);
            at += part.Length;
        }

        LastBlock.CopyTo(gzip.AsSpan(at));
        BinaryPrimitives.WriteUInt32LittleEndian(gzip.AsSpan(length - 8), checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(gzip.AsSpan(length - 4), (uint)bytes.Length);
        return gzip;
    }

    private ReadOnlySpan<byte> Part(int segment) =>
        bytes.AsSpan(segment * SegmentLength, Math.Min(SegmentLength, bytes.Length - (segment * SegmentLength)));

    private byte[] PackPart(int segment, ReadOnlySpan<byte> part)
    {
        checksums[segment] = Crc32.Of(part);
        using var output = new MemoryStream();
        using var deflater = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        deflater.Write(part);

        // A flush ends the segment at a byte boundary; what disposing adds, the end of a stream of its own, is not taken.
        deflater.Flush();
        return output.ToArray();
    }
}
