using System.Collections.Immutable;
using System.Text;
using SkillBadges.App.Pdf.Fonts;

namespace SkillBadges.App.Pdf.Text;

/// <summary>
/// Turns text into glyphs. Letters stand side by side: scripts whose letters join, stack or reorder are drawn letter by letter, right-to-left ones from
/// the right, and the document says so (<see cref="SetLine.IsExact"/>).
/// </summary>
internal sealed class Typesetter(FontLibrary fonts)
{
    public FontLibrary Fonts => fonts;

    public SetLine Set(string text, TextStyle style)
    {
        var clean = PrintableText.Of(text);
        var glyphs = ImmutableArray.CreateBuilder<PlacedGlyph>(clean.Length);
        var isExact = true;
        var width = 0.0;
        foreach (var rune in InDrawingOrder(clean))
        {
            var found = fonts.Find(style.Weight, rune.Value);

            // The box that every font has for what it does not know.
            var (face, glyph) = found ?? (FontLibrary.Bundled(style.Weight), 0);
            isExact &= found is not null && !Scripts.NeedsShaping(rune.Value);
            if (glyphs.Count > 0 && glyphs[^1] is var last && last.Face == face && face.Font.Kerning(last.Glyph, glyph) is not 0 and var kerning)
            {
                var thousandths = Thousandths(face, kerning);
                glyphs[^1] = last with { Kerning = thousandths };
                width += thousandths * style.Size / 1000;
            }

            var advance = Thousandths(face, face.Font.Advance(glyph));
            glyphs.Add(new(face, glyph, advance, 0, rune.ToString()));
            width += (advance * style.Size / 1000) + style.Tracking;
        }

        return new(clean, style, glyphs.ToImmutable(), Math.Max(0, width - style.Tracking), isExact);
    }

    /// <summary>The text in the largest of these sizes in which it fits on one line, else in the last.</summary>
    public SetLine Fit(string text, TextStyle style, double width, double smallest)
    {
        var line = Set(text, style);
        return line.Width <= width ? line : Set(text, style with { Size = Math.Max(smallest, Math.Floor(style.Size * width / line.Width * 10) / 10) });
    }

    /// <summary>Lines no wider than that; a word that is too long for a line is cut.</summary>
    public IReadOnlyList<SetLine> Wrap(string text, TextStyle style, double width)
    {
        var lines = new List<SetLine>();
        var line = new StringBuilder();
        foreach (var piece in LineBreaking.Pieces(PrintableText.Of(text)))
        {
            if (line.Length > 0 && Set((line + piece).TrimEnd(), style).Width > width)
            {
                lines.Add(Set(line.ToString().TrimEnd(), style));
                line.Clear();
            }

            var rest = piece;
            while (Set(rest.TrimEnd(), style).Width > width && LineBreaking.Cut(rest, part => Set(part, style).Width <= width) is > 0 and var cut && cut < rest.TrimEnd().Length)
            {
                lines.Add(Set(rest[..cut], style));
                rest = rest[cut..];
            }

            line.Append(rest);
        }

        if (line.ToString().TrimEnd() is { Length: > 0 } last)
        {
            lines.Add(Set(last, style));
        }

        return lines;
    }

    private static int Thousandths(FontFace face, int units) => (int)Math.Round(units * 1000.0 / face.Font.UnitsPerEm, MidpointRounding.AwayFromZero);

    // Stretches of right-to-left letters, with the spaces between them, are turned around; all else keeps its place.
    private static IEnumerable<Rune> InDrawingOrder(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length;)
        {
            if (!Scripts.IsRightToLeft(runes[i].Value))
            {
                yield return runes[i++];
                continue;
            }

            var end = i;
            for (var next = i; next < runes.Length && (Scripts.IsRightToLeft(runes[next].Value) || runes[next].Value == ' '); next++)
            {
                end = runes[next].Value == ' ' ? end : next;
            }

            for (var back = end; back >= i; back--)
            {
                yield return runes[back];
            }

            i = end + 1;
        }
    }
}
