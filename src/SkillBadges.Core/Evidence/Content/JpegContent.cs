using System.Buffers.Binary;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>
/// JPEG (ITU-T T.81 1992-09): marker segments and scans. Left out are Exif and XMP (APP1), Photoshop's block (APP13), comments, thumbnails and every other APPn but the
/// color model (APP14) and a color profile (APP2). A photo that lies on its side stays upright by a new Exif block of 34 bytes that holds the orientation and nothing else.
/// Phones hang further pictures, a short video or a maker's block behind the end; these are cut off, anything else there is refused.
/// </summary>
internal static class JpegContent
{
    private const int MaxSegments = 10_000;
    private const int MaxProfileBytes = 4 * 1024 * 1024;

    public static CleanPlan Plan(ContentSource source)
    {
        var plan = new CleanPlan("image/jpeg");
        var end = Walk(source, 0, plan);
        RequireKnownTail(source, end);
        return plan;
    }

    /// <summary>From the start marker to behind the end marker; where that is.</summary>
    private static long Walk(ContentSource source, long position, CleanPlan? plan)
    {
        plan?.Keep(position, 2);
        position += 2;
        var (hasFrame, hasScan, hasExif, profile) = (false, false, false, 0L);
        for (var count = 0; ; count++)
        {
            if (count == MaxSegments || source.Byte(position) != 0xFF)
            {
                throw NotTaken.Image("evidence.image-parts", "its parts do not follow each other");
            }

            var marker = source.Byte(position + 1);
            if (marker == 0xFF)
            {
                position++; // a fill byte, T.81 B.1.1.2
                continue;
            }

            if (marker == 0xD9)
            {
                plan?.Keep(position, 2);
                return hasFrame && hasScan ? position + 2 : throw NotTaken.Image("evidence.image-empty", "it holds no picture");
            }

            var length = marker is < 0xC0 or (>= 0xD0 and <= 0xD8) ? throw NotTaken.Image("evidence.image-parts", "it has a marker in a wrong place") : source.UInt16(position + 2);
            var next = position + 2 + length;
            if (length < 2)
            {
                throw NotTaken.Image("evidence.image-parts", "its parts have impossible lengths");
            }

            if (next > source.Length)
            {
                throw NotTaken.Truncated();
            }

            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    RequireFrame(source, position + 4, length - 2, hasFrame);
                    hasFrame = true;
                    plan?.Keep(position, next - position);
                    break;
                case 0xC4 or 0xDB or 0xDD:
                    plan?.Keep(position, next - position);
                    break;
                case 0xDA:
                    hasScan = hasFrame ? true : throw NotTaken.Image("evidence.image-parts", "its parts are not in their order");
                    next = EndOfScan(source, next);
                    plan?.Keep(position, next - position);
                    break;
                case 0xE0 when source.StartsWith(position + 4, "JFIF\0"u8) && length >= 16:
                    KeepWithoutThumbnail(source, position, plan);
                    break;
                case 0xE1 when source.StartsWith(position + 4, "Exif\0\0"u8):
                    if (!hasExif && OrientationOf(source.Window(position + 10, length - 8)) is > 1 and var orientation)
                    {
                        plan?.Put(ExifOf(orientation));
                    }

                    hasExif = true;
                    break;
                case 0xE2 when source.StartsWith(position + 4, "ICC_PROFILE\0"u8) && length >= 16 && (profile > 0 || (length >= 56 && source.StartsWith(position + 18 + 36, "acsp"u8))):
                    profile += length;
                    if (profile <= MaxProfileBytes)
                    {
                        plan?.Keep(position, next - position);
                    }

                    break;
                case 0xEE when source.StartsWith(position + 4, "Adobe"u8) && length == 14:
                    plan?.Keep(position, next - position);
                    break;
                case 0xFE or (>= 0xE0 and <= 0xEF):
                    break;
                default:
                    throw NotTaken.Image("evidence.image-coding", "it is coded in a way that browsers do not show");
            }

            position = next;
        }
    }

    private static void RequireFrame(ContentSource source, long position, int length, bool isSecond)
    {
        if (isSecond || length < 9 || source.Byte(position) != 8 || source.Byte(position + 5) is not (1 or 3 or 4))
        {
            throw NotTaken.Image("evidence.image-header", "its header says what cannot be");
        }

        var (height, width) = (source.UInt16(position + 1), source.UInt16(position + 3));
        if (height == 0 || width == 0)
        {
            throw NotTaken.Image("evidence.image-header", "it has no size");
        }

        if ((long)height * width > PngContent.MaxPixels)
        {
            throw NotTaken.Pixels();
        }
    }

    // Coded data go on until a marker; FF 00 is a byte of them and FF D0..D7 restart them (T.81 B.1.1.5).
    private static long EndOfScan(ContentSource source, long position)
    {
        while (true)
        {
            var part = source.Rest(position);
            if (part.IsEmpty)
            {
                throw NotTaken.Truncated();
            }

            var at = part.IndexOf((byte)0xFF);
            if (at < 0)
            {
                position += part.Length;
                continue;
            }

            position += at;
            if (source.Byte(position + 1) is not (0x00 or (>= 0xD0 and <= 0xD7)))
            {
                return position;
            }

            position += 2;
        }
    }

    // JFIF 1.02: the last two of its 14 bytes are a thumbnail's size, the thumbnail follows.
    private static void KeepWithoutThumbnail(ContentSource source, long position, CleanPlan? plan)
    {
        var header = source.Window(position, 18).ToArray();
        (header[2], header[3], header[16], header[17]) = (0, 16, 0, 0);
        plan?.Put(header);
    }

    /// <summary>Exif 2.32: tag 0x0112 of the first directory of a TIFF block; 1 when it is not there or the block makes no sense.</summary>
    private static int OrientationOf(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff is [(byte)'I', (byte)'I', 42, 0, ..];
        if (tiff.Length < 14 || (!isLittle && tiff is not [(byte)'M', (byte)'M', 0, 42, ..]))
        {
            return 1;
        }

        var directory = Number(tiff[4..], 4, isLittle);
        if (directory > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)directory..];
        var count = Number(entries, 2, isLittle);
        for (var entry = 0; entry < count && entries.Length >= 2 + (12 * (entry + 1)); entry++)
        {
            var fields = entries.Slice(2 + (12 * entry), 12);
            if (Number(fields, 2, isLittle) == 0x0112)
            {
                return Number(fields[8..], 2, isLittle) is >= 1 and <= 8 and var orientation ? (int)orientation : 1;
            }
        }

        return 1;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int length, bool isLittle) => (length, isLittle) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };

    private static byte[] ExifOf(int orientation) =>
    [
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
    ];

    private static void RequireKnownTail(ContentSource source, long end)
    {
        if (end == source.Length)
        {
            return;
        }

        // Zeros, whole further pictures, one video with its boxes in order to the end, or Samsung's block, which says so at its end.
        var position = end;
        while (position < source.Length && source.Byte(position) == 0)
        {
            position++;
        }

        while (source.StartsWith(position, [0xFF, 0xD8, 0xFF]))
        {
            position = Walk(source, position, null);
            while (position < source.Length && source.Byte(position) == 0)
            {
                position++;
            }
        }

        // The zeros before may be the first bytes of a box's length.
        var box = Math.Max(end, position - 3);
        for (; box <= position && !source.StartsWith(box + 4, "ftyp"u8); box++)
        {
        }

        if (position < source.Length && !(box <= position && Mp4Boxes.Tile(source, box)) && !source.StartsWith(source.Length - 4, "SEFT"u8))
        {
            throw NotTaken.Trailing();
        }
    }
}
