using SkillBadges.App.Pdf.Fonts;

namespace SkillBadges.App.Pdf.Text;

/// <param name="Red">0 to 255, as the others.</param>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue);

/// <param name="Size">In points.</param>
/// <param name="Tracking">Space between letters beyond the font's own, in points; beyond a twentieth of the size readers take letters apart.</param>
internal sealed record TextStyle(FontWeight Weight, double Size, Rgb Color, double Tracking = 0)
{
    /// <summary>From baseline to baseline.</summary>
    public double Leading { get; init; } = Math.Round(Size * 1.4, 2);
}
