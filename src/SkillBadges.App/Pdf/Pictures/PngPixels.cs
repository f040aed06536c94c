using System.IO.Compression;

namespace SkillBadges.App.Pdf.Pictures;

/// <summary>Takes the pixels of a PNG picture apart where its transparency has to stand by itself.</summary>
internal static class PngPixels
{
    /// <summary>Colors and opacity, eight bits each, of a picture with an alpha channel.</summary>
    public static (byte[] Colors, byte[] Alpha) SplitAlpha(PngFile file)
    {
        var wide = file.Depth / 8;
        var rows = Unfiltered(file, (file.Colors + 1) * wide, (file.Colors + 1) * wide * file.Width);
        var colors = new byte[file.Width * file.Height * file.Colors];
        var alpha = new byte[file.Width * file.Height];
        for (var pixel = 0; pixel < alpha.Length; pixel++)
        {
            // Of sixteen bits the upper eight are kept.
            var at = pixel * (file.Colors + 1) * wide;
            for (var color = 0; color < file.Colors; color++)
            {
                colors[(pixel * file.Colors) + color] = rows[at + (color * wide)];
            }

            alpha[pixel] = rows[at + (file.Colors * wide)];
        }

        return (colors, alpha);
    }

    /// <summary>The opacity of each pixel of a picture whose palette says how opaque its colors are.</summary>
    public static byte[] AlphaOfPalette(PngFile file)
    {
        var stride = ((file.Width * file.Depth) + 7) / 8;
        var rows = Unfiltered(file, 1, stride);
        var alpha = new byte[file.Width * file.Height];
        var (perByte, mask) = (8 / file.Depth, (1 << file.Depth) - 1);
        for (var y = 0; y < file.Height; y++)
        {
            for (var x = 0; x < file.Width; x++)
            {
                var index = (rows[(y * stride) + (x / perByte)] >> (8 - file.Depth - (x % perByte * file.Depth))) & mask;
                alpha[(y * file.Width) + x] = index < file.Transparency.Length ? file.Transparency[index] : (byte)255;
            }
        }

        return alpha;
    }

    // REC 2025-06-24, 9: each row has its filter in front.
    private static byte[] Unfiltered(PngFile file, int pixel, int stride)
    {
        var rows = new byte[stride * file.Height];
        using var zlib = new ZLibStream(new MemoryStream(file.Data), CompressionMode.Decompress);
        var above = new byte[stride].AsSpan();
        var filter = new byte[1];
        try
        {
            for (var y = 0; y < file.Height; y++)
            {
                var row = rows.AsSpan(y * stride, stride);
                zlib.ReadExactly(filter);
                zlib.ReadExactly(row);
                Unfilter(filter[0], row, above, pixel);
                above = row;
            }
        }
        catch (EndOfStreamException fault)
        {
            throw new InvalidDataException("The picture ends in the middle.", fault);
        }

        return rows;
    }

    private static void Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        for (var i = 0; i < row.Length && filter != 0; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel];
            int corner = i < pixel ? 0 : above[i - pixel];
            row[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => throw new InvalidDataException("The picture has a filter that the standard does not know."),
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
