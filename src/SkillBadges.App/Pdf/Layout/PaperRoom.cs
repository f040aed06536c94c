namespace SkillBadges.App.Pdf.Layout;

/// <summary>How much of a list is told, so that a document keeps to its pages.</summary>
/// <param name="Share">1 for all that is meant to be told, 0 for nothing.</param>
internal readonly record struct PaperRoom(double Share)
{
    public int Of(int lines) => (int)Math.Ceiling(lines * Share);
}
