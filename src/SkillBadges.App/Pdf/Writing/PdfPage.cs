using System.Text;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Pictures;
using SkillBadges.App.Pdf.Text;

namespace SkillBadges.App.Pdf.Writing;

/// <param name="Left">In points from the left edge; as the others, from the top.</param>
internal readonly record struct Area(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;
}

/// <summary>One page. Places are in points from its upper left corner; what is drawn belongs to the tag given, or without one to the decoration.</summary>
internal sealed class PdfPage(PdfDocument document, double width, double height)
{
    private readonly StringBuilder content = new();
    private readonly List<Tag> pieces = [];
    private readonly List<(Area Area, Uri Target, Tag Tag)> links = [];
    private readonly SortedSet<int> fonts = [];
    private readonly SortedSet<int> pictures = [];

    public double Width => width;

    public double Height => height;

    /// <summary>The tag of each piece of marked content, by number.</summary>
    public IReadOnlyList<Tag> Pieces => pieces;

    public IReadOnlyList<(Area Area, Uri Target, Tag Tag)> Links => links;

    /// <summary>Places of the document's fonts and pictures that the page uses.</summary>
    public IReadOnlyCollection<int> Fonts => fonts;

    public IReadOnlyCollection<int> Pictures => pictures;

    public string Content => content.ToString();

    /// <param name="baseline">From the top of the page.</param>
    public void Write(Tag? tag, SetLine line, double left, double baseline)
    {
        if (line.Glyphs.IsEmpty)
        {
            return;
        }

        Begin(tag);
        if (!line.IsExact)
        {
            content.Append("/Span << /ActualText ").Append(PdfSyntax.Text(line.Text)).Append(" >> BDC\n");
        }

        content.Append("BT ").Append(Color(line.Style.Color)).Append(" rg 1 0 0 1 ").Append(Pair(left, height - baseline)).Append(" Tm ").Append(N(line.Style.Tracking)).Append(" Tc\n");
        FontFace? face = null;
        foreach (var glyph in line.Glyphs)
        {
            if (glyph.Face != face)
            {
                content.Append(face is null ? "" : "] TJ\n");
                face = glyph.Face;
                var place = document.FontPlace(face);
                fonts.Add(place);
                content.Append("/F").Append(PdfSyntax.Number(place)).Append(' ').Append(N(line.Style.Size)).Append(" Tf [");
            }

            var number = document.Subset(face).Number(glyph.Glyph, glyph.Character);
            content.Append('<').Append(Convert.ToHexString([(byte)(number >> 8), (byte)number])).Append('>');
            if (glyph.Kerning != 0)
            {
                content.Append(PdfSyntax.Number(-glyph.Kerning));
            }
        }

        content.Append("] TJ ET\n").Append(line.IsExact ? "" : "EMC\n");
        End();
    }

    public void Fill(Area area, Rgb color) => Decorate($"{Color(color)} rg {Rectangle(area)} re f\n");

    public void Rule(double left, double top, double right, double weight, Rgb color) =>
        Decorate($"{Color(color)} RG {N(weight)} w {Pair(left, height - top)} m {Pair(right, height - top)} l S\n");

    public void Frame(Area area, double weight, Rgb color) => Decorate($"{Color(color)} RG {N(weight)} w {Rectangle(area)} re S\n");

    /// <summary>A figure of black squares.</summary>
    public void Squares(Tag tag, IReadOnlyList<Area> squares)
    {
        Begin(tag);
        content.Append("0 g\n");
        foreach (var square in squares)
        {
            content.Append(Rectangle(square)).Append(" re\n");
        }

        content.Append("f\n");
        End();
    }

    public void Draw(Tag tag, PngPicture picture, Area area)
    {
        var place = document.PicturePlace(picture);
        pictures.Add(place);
        Begin(tag);
        content.Append("q ").Append(N(area.Width)).Append(" 0 0 ").Append(N(area.Height)).Append(' ').Append(Pair(area.Left, height - area.Bottom)).Append(" cm /I").Append(PdfSyntax.Number(place)).Append(" Do Q\n");
        End();
    }

    /// <summary>Makes an area open an address; its words are drawn apart, under the same tag.</summary>
    public void Link(Tag tag, Area area, Uri target)
    {
        tag.AddLink(this, links.Count);
        links.Add((area, target, tag));
    }

    /// <summary>Where an area lies in the file's own measure, from the lower left corner.</summary>
    public string Corners(Area area) => $"{Pair(area.Left, height - area.Bottom)} {Pair(area.Right, height - area.Top)}";

    private static string N(double value) => PdfSyntax.Number(value);

    private static string Pair(double first, double second) => $"{N(first)} {N(second)}";

    private static string Color(Rgb color) => $"{N(color.Red / 255.0)} {N(color.Green / 255.0)} {N(color.Blue / 255.0)}";

    private string Rectangle(Area area) => $"{Pair(area.Left, height - area.Bottom)} {Pair(area.Width, area.Height)}";

    private void Decorate(string operators)
    {
        Begin(null);
        content.Append(operators);
        End();
    }

    private void Begin(Tag? tag)
    {
        if (tag is null)
        {
            content.Append("/Artifact BMC\n");
            return;
        }

        tag.AddPiece(this, pieces.Count);
        content.Append('/').Append(tag.Type).Append(" << /MCID ").Append(PdfSyntax.Number(pieces.Count)).Append(" >> BDC\n");
        pieces.Add(tag);
    }

    private void End() => content.Append("EMC\n");
}
