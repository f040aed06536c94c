using System.Collections.Immutable;
using SkillBadges.App.Pdf.Fonts;

namespace SkillBadges.App.Pdf.Text;

/// <param name="Kerning">How much nearer (below zero) the next glyph stands, in thousandths of the size.</param>
/// <param name="Character">What it stands for.</param>
internal readonly record struct PlacedGlyph(FontFace Face, int Glyph, int Advance, int Kerning, string Character);

/// <summary>One line of text as it is drawn, from left to right.</summary>
/// <param name="Text">What it says, in reading order.</param>
/// <param name="Width">In points.</param>
/// <param name="IsExact">False where letters are missing or stand other than their script has them: then the text goes along with the drawing.</param>
internal sealed record SetLine(string Text, TextStyle Style, ImmutableArray<PlacedGlyph> Glyphs, double Width, bool IsExact);
