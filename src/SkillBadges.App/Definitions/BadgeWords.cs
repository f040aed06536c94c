using SkillBadges.App.Layout;
using SkillBadges.Core.Mastery;

namespace SkillBadges.App.Definitions;

/// <summary>What people read for the words of a definition.</summary>
internal static class BadgeWords
{
    public static string Of(Texts T, Band band) => band switch
    {
        Band.Grades9To10 => T["grades 9 and 10"],
        Band.Grades11To12 => T["grades 11 and 12"],
        Band.Postsecondary => T["after high school"],
        _ => throw new ArgumentOutOfRangeException(nameof(band), band, "There is no such band."),
    };
}
