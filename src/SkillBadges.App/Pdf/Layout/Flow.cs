using System.Globalization;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;

namespace SkillBadges.App.Pdf.Layout;

/// <summary>Fills pages of US Letter from top to bottom, each with a line at its foot that says what it is part of.</summary>
internal sealed class Flow(PdfDocument document, Typesetter typesetter, string foot)
{
    public const double PageWidth = 612;
    public const double PageHeight = 792;
    public const double Margin = 54;
    public const double Width = PageWidth - (2 * Margin);

    private const double BottomMargin = 62;

    private PdfPage? page;

    public PdfDocument Document => document;

    public Typesetter Typesetter => typesetter;

    public double Top { get; private set; }

    /// <summary>True once every letter so far stood as its script has it.</summary>
    public bool IsExact { get; private set; } = true;

    /// <summary>Text across the page.</summary>
    public void Write(Tag tag, string text, TextStyle style)
    {
        foreach (var line in typesetter.Wrap(text, style, Width))
        {
            Keep(style.Leading);
            Cells(new Cell(tag, line, Margin));
            Top += style.Leading;
        }
    }

    /// <summary>Begins a new page where less than that is left.</summary>
    public void Keep(double height)
    {
        if (page is null || Top + height > PageHeight - BottomMargin)
        {
            page = document.AddPage(PageWidth, PageHeight);
            Top = Margin;
        }
    }

    public void Skip(double height) => Top += height;

    /// <summary>Lines side by side at the place that is reached; they are not advanced over.</summary>
    public void Cells(params ReadOnlySpan<Cell> cells)
    {
        foreach (var cell in cells)
        {
            IsExact &= cell.Line.IsExact;
            page!.Write(cell.Tag, cell.Line, cell.Left, Top + (cell.Line.Style.Leading * 0.76) + cell.Below);
        }
    }

    public void Rule(double weight, Rgb color) => page!.Rule(Margin, Top, PageWidth - Margin, weight, color);

    public void Bar(double height, Rgb color) => page!.Fill(new(0, 0, PageWidth, height), color);

    /// <summary>Makes what was written last open an address.</summary>
    public void Link(Tag tag, double height, double width, Uri target) => page!.Link(tag, new(Margin, Top - height, width, height), target);

    /// <summary>The feet of all pages, now that their number is known.</summary>
    /// <param name="pageOf">How they are counted, <c>{0}</c> of <c>{1}</c>.</param>
    public void Finish(string pageOf)
    {
        for (var i = 0; i < document.Pages.Count; i++)
        {
            var number = typesetter.Set(string.Format(CultureInfo.InvariantCulture, pageOf, i + 1, document.Pages.Count), Look.Fine with { Size = 7.5 });
            var words = typesetter.Fit(foot, Look.Fine with { Size = 7.5 }, Width - number.Width - 20, 4);
            document.Pages[i].Rule(Margin, PageHeight - 46, PageWidth - Margin, 0.5, Look.Line);
            document.Pages[i].Write(null, words, Margin, PageHeight - 34);
            document.Pages[i].Write(null, number, PageWidth - Margin - number.Width, PageHeight - 34);
        }
    }
}

/// <param name="Left">From the page's left edge.</param>
/// <param name="Below">How far below the place that is reached.</param>
internal readonly record struct Cell(Tag? Tag, SetLine Line, double Left, double Below = 0);
