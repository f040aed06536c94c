using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;

namespace SkillBadges.App.Pdf.Layout;

/// <summary>Sets text downwards in a column of one page.</summary>
/// <param name="left">From the page's left edge.</param>
/// <param name="top">Where the first line's top is.</param>
internal sealed class Column(PdfPage page, Typesetter typesetter, double left, double top, double width)
{
    /// <summary>From top of a line to its baseline, as a share of the leading.</summary>
    private const double BaselineShare = 0.76;

    public double Left => left;

    public double Width => width;

    /// <summary>How far down the column is used.</summary>
    public double Top { get; private set; } = top;

    /// <summary>True once every letter so far stood as its script has it.</summary>
    public bool IsExact { get; private set; } = true;

    public void Skip(double height) => Top += height;

    public void MoveTo(double height) => Top = height;

    /// <summary>Lines of one text under one tag; what does not fit into <paramref name="maxLines"/> ends in an ellipsis.</summary>
    public void Write(Tag? tag, string text, TextStyle style, int maxLines = int.MaxValue, bool isCentered = false)
    {
        var lines = typesetter.Wrap(text, style, width);
        for (var i = 0; i < lines.Count && i < maxLines; i++)
        {
            var line = i == maxLines - 1 && lines.Count > maxLines ? Shortened(lines[i].Text, style) : lines[i];
            WriteLine(tag, line, isCentered);
        }
    }

    public void WriteLine(Tag? tag, SetLine line, bool isCentered = false)
    {
        IsExact &= line.IsExact;
        page.Write(tag, line, isCentered ? left + ((width - line.Width) / 2) : left, Top + (line.Style.Leading * BaselineShare));
        Top += line.Style.Leading;
    }

    private SetLine Shortened(string text, TextStyle style)
    {
        for (var kept = text; kept.Length > 0; kept = kept[..^1])
        {
            if (!char.IsHighSurrogate(kept[^1]) && typesetter.Set(kept.TrimEnd() + "…", style) is var line && line.Width <= width)
            {
                return line;
            }
        }

        return typesetter.Set("…", style);
    }
}
