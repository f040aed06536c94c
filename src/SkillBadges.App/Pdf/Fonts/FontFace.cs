namespace SkillBadges.App.Pdf.Fonts;

internal enum FontWeight
{
    Light,
    Regular,
    Semibold,
}

/// <param name="Name">Letters, digits and hyphens: it stands in documents.</param>
internal sealed record FontFace(string Name, TrueTypeFont Font);
