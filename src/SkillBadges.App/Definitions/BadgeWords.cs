using SkillBadges.Core.Mastery;

namespace SkillBadges.App.Definitions;

/// <summary>What people read for the words of a definition.</summary>
internal static class BadgeWords
{
    public static string Of(Band band) => band switch
    {
        Band.Grades9To10 => "grades 9 and 10",
        Band.Grades11To12 => "grades 11 and 12",
        Band.Postsecondary => "after high school",
        _ => throw new ArgumentOutOfRangeException(nameof(band), band, "There is no such band."),
    };
}
