using System.Globalization;
using SkillBadges.App.Pdf.Writing;

namespace SkillBadges.App.Pdf.Pictures;

/// <summary>
/// A PNG picture (W3C PNG, third edition, REC 2025-06-24) for a document. Its pixels go in as they are compressed; only where they hold transparency are
/// they taken apart, since a document keeps that in a picture of its own.
/// </summary>
internal sealed class PngPicture
{
    private readonly string entries;
    private readonly byte[] data;
    private readonly byte[]? alpha;
    private readonly bool isEncoded;

    private PngPicture(PngFile file)
    {
        (Width, Height) = (file.Width, file.Height);
        var size = string.Create(CultureInfo.InvariantCulture, $"/Type /XObject /Subtype /Image /Width {Width} /Height {Height}");
        if (file.HasAlphaChannel)
        {
            (data, alpha) = PngPixels.SplitAlpha(file);
            entries = $"{size} /ColorSpace /{(file.Colors == 1 ? "DeviceGray" : "DeviceRGB")} /BitsPerComponent 8";
            return;
        }

        isEncoded = true;
        data = file.Data;
        alpha = file is { IsIndexed: true, Transparency.Length: > 0 } ? PngPixels.AlphaOfPalette(file) : null;
        var space = file.IsIndexed
            ? string.Create(CultureInfo.InvariantCulture, $"[/Indexed /DeviceRGB {(file.Palette.Length / 3) - 1} <{Convert.ToHexString(file.Palette)}>]")
            : file.Colors == 1 ? "/DeviceGray" : "/DeviceRGB";
        entries = string.Create(
            CultureInfo.InvariantCulture,
            $"{size} /ColorSpace {space} /BitsPerComponent {file.Depth} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors {file.Colors} /BitsPerComponent {file.Depth} /Columns {Width} >>");
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Null for what is no PNG picture, or one that cannot be drawn: interlaced, or over four million pixels.</summary>
    public static PngPicture? Read(ReadOnlySpan<byte> png)
    {
        try
        {
            return PngFile.Read(png) is { } file ? new(file) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    internal int AddTo(PdfObjects objects)
    {
        var mask = alpha is null
            ? ""
            : $" /SMask {PdfSyntax.Reference(objects.AddStream(string.Create(CultureInfo.InvariantCulture, $"/Type /XObject /Subtype /Image /Width {Width} /Height {Height} /ColorSpace /DeviceGray /BitsPerComponent 8"), alpha))}";
        return isEncoded ? objects.AddEncoded(entries + mask, data) : objects.AddStream(entries + mask, data);
    }
}
