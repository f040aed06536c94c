using System.Buffers.Binary;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>
/// Looks at a badge's PNG without decoding it. Only chunks that make the picture are let in: text chunks carry baked credentials and
/// metadata carries places and names, and neither belongs in a definition. What is let in can also be baked.
/// </summary>
public static class PngImage
{
    public const int Side = 512;

    public const int MaxBytes = 40 * 1024;

    private static readonly string[] allowed = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND", "sRGB", "gAMA", "cHRM", "sBIT", "bKGD"];

    /// <summary>What is wrong with the bytes, in words, or null.</summary>
    public static string? Objection(ReadOnlyMemory<byte> picture)
    {
        var bytes = picture.Span;
        if (bytes.Length > MaxBytes)
        {
            return $"The picture has {bytes.Length} bytes; at most {MaxBytes} are taken.";
        }

        if (!bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return "This is not a PNG picture.";
        }

        var rest = bytes[8..];
        for (var first = true; ; first = false)
        {
            // PNG (W3C REC 2025-06-24) 5.3: length, type, data, CRC.
            if (rest.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(rest) > (uint)(rest.Length - 12))
            {
                return "The picture is cut off.";
            }

            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
            var type = System.Text.Encoding.Latin1.GetString(rest.Slice(4, 4));
            if (!allowed.Contains(type))
            {
                return "The picture holds a chunk that is not needed to show it, such as text or metadata; please strip it.";
            }

            if (first != (type == "IHDR") || (first && length != 13))
            {
                return "The picture has no proper header.";
            }

            if (first && (BinaryPrimitives.ReadInt32BigEndian(rest[8..]) != Side || BinaryPrimitives.ReadInt32BigEndian(rest[12..]) != Side))
            {
                return $"The picture must be {Side} by {Side} pixels.";
            }

            rest = rest[(length + 12)..];
            if (type == "IEND")
            {
                return rest.IsEmpty ? BakedImage.Objection(picture) : "Something follows after the end of the picture.";
            }
        }
    }
}
