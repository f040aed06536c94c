using SkillBadges.App.Layout;
using SkillBadges.Core.OneRoster.Importing;

namespace SkillBadges.App.Organizations.Office;

/// <summary>How far a roster is, in people's words.</summary>
internal static class RosterWords
{
    public static string Of(Texts T, ImportState state) => state switch
    {
        ImportState.Checking => T["is looked through"],
        ImportState.Checked => T["nothing wrong: waits for your yes"],
        ImportState.Faulty => T["has to be mended"],
        ImportState.Applying => T["is taken over"],
        ImportState.Applied => T["taken over"],
        _ => T["stopped"],
    };
}
