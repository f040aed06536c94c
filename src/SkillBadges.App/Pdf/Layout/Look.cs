using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Text;

namespace SkillBadges.App.Pdf.Layout;

/// <summary>The colors and styles of every document: those of the pages on paper.</summary>
internal static class Look
{
    public static readonly Rgb Ink = new(0x1B, 0x24, 0x30);
    public static readonly Rgb Quiet = new(0x55, 0x60, 0x6E);
    public static readonly Rgb Line = new(0xD9, 0xDC, 0xE1);
    public static readonly Rgb Paper = new(0xF6, 0xF5, 0xF0);
    public static readonly Rgb Accent = new(0x0B, 0x5C, 0x63);
    public static readonly Rgb White = new(0xFF, 0xFF, 0xFF);

    public static readonly TextStyle Body = new(FontWeight.Regular, 9.5, Ink);
    public static readonly TextStyle Strong = new(FontWeight.Semibold, 9.5, Ink);
    public static readonly TextStyle Fine = new(FontWeight.Regular, 8, Quiet);
    public static readonly TextStyle Label = new(FontWeight.Semibold, 7, Quiet, 0.35);

    /// <summary>What a document says when a name could not be set as its script has it.</summary>
    public const string InexactLetters = "Some letters could not be set here as their script sets them; the text of this document holds them as they were written.";
}
