using System.IO.Compression;

namespace SkillBadges.Core.Evidence.Content;

/// <summary>
/// PNG (W3C REC 2025-06-24): chunks with right checksums and nothing behind the last. Kept is what the picture looks like; everything said beside it (eXIf, the
/// text chunks, tIME, color profiles, animation, private chunks) is left out. The picture is inflated and counted, never drawn.
/// </summary>
internal static class PngContent
{
    public const long MaxPixels = 25_000_000;

    private const int Frame = 12; // length, type, checksum
    private const int MaxChunks = 200_000;
    private const int MaxAncillary = 4096;

    private static readonly string[] Kept = ["tRNS", "sRGB", "gAMA", "cHRM", "cICP", "sBIT", "bKGD", "pHYs"];

    public static CleanPlan Plan(ContentSource source)
    {
        var plan = new CleanPlan("image/png").Keep(0, 8);
        var data = new List<(long From, long Length)>();
        var expected = 0L;
        var (before, seenPalette) = ("", false);
        var position = 8L;
        for (var count = 0; before != "IEND"; count++)
        {
            var length = source.UInt32(position);
            var type = TypeOf(source.Window(position + 4, 4));
            if (length > int.MaxValue || count == MaxChunks)
            {
                throw NotTaken.Image("evidence.image-parts", "its parts have impossible lengths");
            }

            var end = position + Frame + length;
            if (end > source.Length)
            {
                throw NotTaken.Truncated();
            }

            if (source.Crc(position + 4, length + 4) != source.UInt32(end - 4))
            {
                throw NotTaken.Checksum();
            }

            if ((count == 0) != (type == "IHDR") || (type == "IDAT" && data.Count > 0 && before != "IDAT") || (type == "IEND" && (length > 0 || data.Count == 0)) || (type == "PLTE" && (seenPalette || data.Count > 0)))
            {
                throw NotTaken.Image("evidence.image-parts", "its parts are not in their order");
            }

            switch (type)
            {
                case "IHDR":
                    expected = SizeOf(source, position + 8, length);
                    plan.Keep(position, end - position);
                    break;
                case "IDAT":
                    data.Add((position + 8, length));
                    plan.Keep(position, end - position);
                    break;
                case "PLTE":
                    seenPalette = length is >= 3 and <= 768 && length % 3 == 0 ? true : throw NotTaken.Image("evidence.image-header", "its palette has no such length");
                    plan.Keep(position, end - position);
                    break;
                case "IEND":
                    plan.Keep(position, end - position);
                    break;
                default:
                    if (char.IsAsciiLetterUpper(type[0]))
                    {
                        throw NotTaken.Image("evidence.image-unknown-part", "it has a part that no reader knows");
                    }

                    if (Kept.Contains(type) && length <= MaxAncillary && data.Count == 0)
                    {
                        plan.Keep(position, end - position);
                    }

                    break;
            }

            (before, position) = (type, end);
        }

        RequireInflates(source, data, expected);
        return position == source.Length ? plan : throw NotTaken.Trailing();
    }

    private static string TypeOf(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                throw NotTaken.Image("evidence.image-parts", "it has a part without a proper name");
            }
        }

        return System.Text.Encoding.ASCII.GetString(type);
    }

    // How many bytes the inflated picture must have: for each row of each pass a filter byte and the row's bits.
    private static long SizeOf(ContentSource source, long position, uint length)
    {
        if (length != 13)
        {
            throw NotTaken.Image("evidence.image-header", "its header has no such length");
        }

        var (width, height) = (source.UInt32(position), source.UInt32(position + 4));
        var (depth, color, rest) = (source.Byte(position + 8), source.Byte(position + 9), source.Window(position + 10, 3).ToArray());
        var channels = (color, depth) switch
        {
            (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
            (2, 8 or 16) => 3,
            (4, 8 or 16) => 2,
            (6, 8 or 16) => 4,
            _ => throw NotTaken.Image("evidence.image-header", "it has no such kind of color"),
        };
        if (width == 0 || height == 0 || rest[0] != 0 || rest[1] != 0 || rest[2] > 1)
        {
            throw NotTaken.Image("evidence.image-header", "its header says what cannot be");
        }

        if ((ulong)width * height > MaxPixels)
        {
            throw NotTaken.Pixels();
        }

        // PNG 8.2: the seven passes of an interlaced picture, by first column, first row and their distances.
        (int X, int Y, int Dx, int Dy)[] passes = rest[2] == 0
            ? [(0, 0, 1, 1)]
            : [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        return passes.Sum(pass =>
        {
            var (columns, rows) = ((width - pass.X + pass.Dx - 1) / pass.Dx, (height - pass.Y + pass.Dy - 1) / pass.Dy);
            return columns <= 0 || rows <= 0 ? 0 : rows * (1 + (((columns * channels * depth) + 7) / 8));
        });
    }

    private static void RequireInflates(ContentSource source, List<(long From, long Length)> data, long expected)
    {
        using var zlib = new ZLibStream(new RangesStream(source, data), CompressionMode.Decompress);
        var rows = new byte[64 * 1024];
        var inflated = 0L;
        try
        {
            while (zlib.Read(rows) is > 0 and var read)
            {
                inflated += read;
                if (inflated > expected)
                {
                    throw NotTaken.Bomb();
                }
            }
        }
        catch (InvalidDataException)
        {
            throw NotTaken.Checksum();
        }

        if (inflated < expected)
        {
            throw NotTaken.Truncated();
        }
    }
}
