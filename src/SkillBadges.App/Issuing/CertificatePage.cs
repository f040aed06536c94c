using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Pictures;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;

namespace SkillBadges.App.Issuing;

/// <summary>Draws a certificate in the reader's language: one page, US Letter across; the badge and its check on the left, the words on the right.</summary>
internal sealed class CertificatePage
{
    private const double PageWidth = 792;
    private const double PageHeight = 612;
    private const double PanelWidth = 236;
    private const double Margin = 44;
    private const double PictureSize = 164;
    private const double QrSize = 96;
    private const double FactsTop = 498;
    private const double LogoWidth = 120;
    private const double LogoHeight = 46;

    private static readonly TextStyle opening = new(FontWeight.Light, 13, Look.Quiet);
    private static readonly TextStyle name = new(FontWeight.Light, 38, Look.Ink) { Leading = 48 };
    private static readonly TextStyle badgeName = new(FontWeight.Semibold, 21, Look.Accent) { Leading = 27 };
    private static readonly TextStyle level = new(FontWeight.Semibold, 9.5, Look.Accent);
    private static readonly TextStyle small = Look.Fine with { Size = 7, Leading = 9.5 };

    private readonly Certificate certificate;
    private readonly Typesetter typesetter;
    private readonly PdfDocument document;
    private readonly PdfPage page;

    private CertificatePage(Certificate certificate, Texts T, Typesetter typesetter)
    {
        (this.certificate, this.T, this.typesetter) = (certificate, T, typesetter);
        document = new($"{certificate.Badge.Name} - {certificate.Learner}", certificate.IssuedAt, Paper.LanguageOf(T));
        page = document.AddPage(PageWidth, PageHeight);
    }

    private Texts T { get; }

    /// <param name="certificate">Its badge in the words of that language already, where it is translated.</param>
    /// <param name="picture">The badge's; null leaves its place empty.</param>
    /// <param name="logo">The issuer's, or null.</param>
    public static byte[] Draw(Certificate certificate, PngPicture? picture, PngPicture? logo, Texts T, Typesetter typesetter)
    {
        var drawing = new CertificatePage(certificate, T, typesetter);
        drawing.DrawGround();
        drawing.DrawWords(logo);
        drawing.DrawPanel(picture);
        return drawing.document.Save();
    }

    private void DrawGround()
    {
        page.Fill(new(0, 0, PanelWidth, PageHeight), Look.Paper);
        page.Fill(new(PanelWidth, 0, 2.5, PageHeight), Look.Accent);
    }

    private void DrawWords(PngPicture? logo)
    {
        var left = PanelWidth + Margin;
        var width = PageWidth - left - Margin;
        var root = document.Root;
        var head = new Column(page, typesetter, left, Margin, logo is null ? width : width - LogoWidth - 16);
        if (logo is not null)
        {
            DrawLogo(logo);
        }

        head.Write(root.Add("P"), certificate.Issuer, new(FontWeight.Semibold, 12, Look.Ink, 0.2), maxLines: 2);
        var column = new Column(page, typesetter, left, head.Top, width);
        column.Skip(12);
        column.Write(root.Add("P"), T["certifies that"], opening);
        column.Write(root.Add("P"), certificate.Learner, typesetter.Fit(certificate.Learner, name, width, 20) is var fitted && fitted.Style.Size > 20 ? fitted.Style : name with { Size = 20, Leading = 26 }, maxLines: 3);
        column.Write(root.Add("P"), T["earned the badge"], opening);
        column.Skip(2);
        column.Write(root.Add("H1"), certificate.Badge.Name, badgeName, maxLines: 2);
        column.Skip(2);
        column.Write(root.Add("P"), certificate.Badge.Description, Look.Body with { Color = Look.Quiet, Leading = 13.5 }, maxLines: 3);
        column.Skip(12);
        DrawLevels(column);
        DrawFacts(left, width, column.IsExact && head.IsExact);
    }

    // In the upper right corner, as it is shaped; never larger than it was made at 96 pixels an inch.
    private void DrawLogo(PngPicture logo)
    {
        var scale = Math.Min(0.75, Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height));
        var area = new Area(PageWidth - Margin - (logo.Width * scale), 34, logo.Width * scale, logo.Height * scale);
        page.Draw(Figure(T["Logo of {0}", certificate.Issuer], area), logo, area);
    }

    private void DrawLevels(Column column)
    {
        var table = document.Root.Add("Table");
        var top = column.Top;
        var skillWidth = column.Width * 0.36;
        Heading(table.Add("TR"), top, column.Left, skillWidth);
        top += 14;

        // What a level looks like is said where there is room for it.
        var room = (FactsTop - 12 - top) / Math.Max(1, certificate.Levels.Length);
        foreach (var shown in certificate.Levels)
        {
            page.Rule(column.Left, top, column.Left + column.Width, 0.5, Look.Line);
            var row = table.Add("TR");
            var skill = new Column(page, typesetter, column.Left, top + 4, skillWidth - 14);
            skill.Write(row.AddRowHeading(), shown.Skill, Look.Strong with { Leading = 12.5 }, maxLines: 2);
            var reached = new Column(page, typesetter, column.Left + skillWidth, top + 4, column.Width - skillWidth);
            var cell = row.Add("TD");
            reached.Write(cell.Add("P"), shown.BelowCut is { } cut ? T["{0} (below {1}; enough for this badge)", shown.Level, cut] : shown.Level, level with { Leading = 12.5 }, maxLines: 1);
            var lines = (int)((room - 4 - 12.5 - 4) / 11);
            if (lines > 0)
            {
                reached.Write(cell.Add("P"), shown.Meaning, Look.Fine with { Leading = 11 }, Math.Min(lines, 2));
            }

            top = Math.Max(skill.Top, reached.Top) + 4;
        }

        page.Rule(column.Left, top, column.Left + column.Width, 0.5, Look.Line);
    }

    private void Heading(Tag row, double top, double left, double skillWidth)
    {
        new Column(page, typesetter, left, top, skillWidth).Write(row.AddColumnHeading(), T["Skill"].ToUpperInvariant(), Look.Label);
        new Column(page, typesetter, left + skillWidth, top, 200).Write(row.AddColumnHeading(), T["Level reached"].ToUpperInvariant(), Look.Label);
    }

    private void DrawFacts(double left, double width, bool isExact)
    {
        var half = (width - 24) / 2;
        var (first, second) = (new Column(page, typesetter, left, FactsTop, half), new Column(page, typesetter, left + half + 24, FactsTop, half));
        Fact(first, T["Awarded"], T.Day(certificate.AwardedOn), 1);
        Fact(second, T["Good until"], certificate.GoodUntil is { } day ? T.Day(day) : T["No end"], 1);
        if (!certificate.Badge.CoAuthors.IsEmpty)
        {
            Fact(first, T["Written by"], string.Join(", ", certificate.Badge.CoAuthors.Select(AuthorName)), 2);
        }

        foreach (var credit in certificate.Credits.Take(1))
        {
            var words = CreditWords.Of(credit, T);
            Fact(second, T["Counts for"], certificate.Credits.Length > 1 ? T["{0}, and {1} more", words, certificate.Credits.Length - 1] : words, 2);
        }

        var levels = string.Join(" · ", certificate.Badge.Scale.Levels.Select(known => known.Label));
        var cut = certificate.Badge.Scale.Level(certificate.Badge.Scale.ProficientCut).Label;
        var legend = new Column(page, typesetter, left, PageHeight - (certificate.SignedAs is null ? 40 : 48), width);
        legend.Write(document.Root.Add("P"), T["Levels, lowest first: {0}. {1} and above meets the standard.", levels, cut], small, 2);
        if (certificate.SignedAs is { } original)
        {
            legend.Write(document.Root.Add("P"), T["The badge is described here as its authors translated it; it was signed as: {0}", original], small, 1);
        }

        if (!isExact)
        {
            legend.Write(document.Root.Add("Note"), T[Look.InexactLetters], small, 1);
        }
    }

    // By name, or where any of a kind is meant, the kind.
    private string AuthorName(CoAuthor author) => (author.Name, author.Kind) switch
    {
        ({ } known, _) => known,
        (null, "high-school") => T["a high school"],
        (null, "college") => T["a college"],
        (null, "employer") => T["an employer"],
        (null, var kind) => kind.Replace('-', ' '),
    };

    private void Fact(Column column, string label, string value, int maxLines)
    {
        var paragraph = document.Root.Add("P");
        column.Write(paragraph, label.ToUpperInvariant(), Look.Label);
        column.Write(paragraph, value, Look.Body with { Leading = 12.5 }, maxLines);
        column.Skip(5);
    }

    private void DrawPanel(PngPicture? picture)
    {
        var middle = PanelWidth / 2;
        if (picture is not null)
        {
            // Within the square, as the picture is shaped.
            var scale = PictureSize / Math.Max(picture.Width, picture.Height);
            var (width, height) = (picture.Width * scale, picture.Height * scale);
            var area = new Area(middle - (width / 2), 64 + ((PictureSize - height) / 2), width, height);
            page.Draw(Figure(certificate.Badge.Image.Alt, area), picture, area);
        }

        var field = new Area(middle - (QrSize / 2) - 12, 344, QrSize + 24, QrSize + 24);
        var code = new Area(field.Left + 12, field.Top + 12, QrSize, QrSize);
        page.Fill(field, Look.White);
        page.Squares(Figure(T["A QR code that opens the page where this badge is checked."], code), QrSquares.Of(certificate.CheckAt, code.Left, code.Top, QrSize));
        var column = new Column(page, typesetter, 24, field.Bottom + 12, PanelWidth - 48);
        column.Write(document.Root.Add("P"), T["See that it is genuine"], Look.Strong, isCentered: true);
        var link = document.Root.Add("P").Add("Link", T["The page where this badge is checked"]);
        var top = column.Top;
        var target = new Uri(certificate.CheckAt);
        column.Write(link, $"{target.Authority}{target.AbsolutePath}", Look.Fine with { Color = Look.Accent }, maxLines: 2, isCentered: true);
        page.Link(link, new(column.Left, top, column.Width, column.Top - top), target);
        column.MoveTo(PageHeight - 62);
        column.Write(document.Root.Add("P"), T["Credential"].ToUpperInvariant(), Look.Label, isCentered: true);
        column.Write(document.Root.Add("P"), certificate.Credential.Value, Look.Fine with { Size = 7 }, maxLines: 2, isCentered: true);
    }

    private Tag Figure(string alternative, Area area) => document.Root.Add("Figure", alternative, $"<< /O /Layout /BBox [{page.Corners(area)}] >>");
}
