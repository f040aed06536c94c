using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Tests.Mastery;

/// <summary>Scales the tests of rules speak about.</summary>
internal static class Scales
{
    public static MasteryScale FourLevel(ScoringPolicy? scoring = null) => MasteryScale.Create(
        "four-level",
        1,
        "Four levels",
        "From first steps to work that others learn from.",
        [
            new("beginning", 1, "Beginning", "Does parts with help."),
            new("developing", 2, "Developing", "Does most of it with prompts."),
            new("proficient", 3, "Proficient", "Does all of it alone."),
            new("advanced", 4, "Advanced", "Carries it over to new work."),
        ],
        "proficient",
        scoring ?? ScoringPolicy.Latest);
}
