using System.Text.RegularExpressions;
using SkillBadges.App.Layout;
using SkillBadges.Core.Gradebook.Classes;

namespace SkillBadges.App.Gradebook;

/// <summary>Says in the reader's language why somebody is in a group. Groups are kept with English reasons, so that a kept page stays what it was.</summary>
internal static partial class GroupWords
{
    public static string Of(Texts T, GroupKind kind) => kind switch
    {
        GroupKind.Mixed => T["Mixed levels"],
        GroupKind.SameGap => T["Same gap"],
        _ => T["Same level"],
    };

    /// <param name="T">The reader's language.</param>
    /// <param name="about">What the group has in common, as it was kept.</param>
    public static string About(Texts T, string about) => about switch
    {
        "Gaps that nobody else of the rest has" => T["Gaps that nobody else of the rest has"],
        "No gap in these skills" => T["No gap in these skills"],
        _ when Gap().Match(about) is { Success: true } gap => T["Not reached yet: {0}", gap.Groups[1].Value],
        _ => Level(T, about),
    };

    /// <param name="T">The reader's language.</param>
    /// <param name="why">Why a member is in the group, as it was kept.</param>
    public static string Why(Texts T, string why)
    {
        if (why == "Has reached every one of these skills.")
        {
            return T["Has reached every one of these skills."];
        }

        if (Shared().Match(why) is { Success: true } shared)
        {
            return T["Has not reached {0} yet ({1}); {2} learners share this gap.", shared.Groups[1].Value, Level(T, shared.Groups[2].Value), shared.Groups[3].Value];
        }

        if (Alone().Match(why) is { Success: true } alone)
        {
            return T["Has not reached {0} yet ({1}), as nobody else of the rest.", alone.Groups[1].Value, Level(T, alone.Groups[2].Value)];
        }

        if (Stands().Match(why) is not { Success: true } stands)
        {
            return why;
        }

        var level = Level(T, stands.Groups[1].Value);
        var place = stands.Groups[2].Success ? T["{0} in {1} of {2} skills", level, stands.Groups[2].Value, stands.Groups[3].Value] : level;
        return stands.Groups[4].Success ? T["Stands at: {0}; the group mixes {1}.", place, Level(T, stands.Groups[4].Value)] : T["Stands at: {0}.", place];
    }

    // Names of levels are the school's own words; only what no level is called has a translation.
    private static string Level(Texts T, string words) => words.Replace("no evidence yet", T["no evidence yet"], StringComparison.Ordinal);

    [GeneratedRegex("^Not reached yet: (.*)$")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^Has not reached (.*) yet \((.*)\); (\d+) learners share this gap\.$")]
    private static partial Regex Shared();

    [GeneratedRegex(@"^Has not reached (.*) yet \((.*)\), as nobody else of the rest\.$")]
    private static partial Regex Alone();

    [GeneratedRegex(@"^Stands at: (.*?)(?: in (\d+) of (\d+) skills)?(?:; the group mixes (.*))?\.$")]
    private static partial Regex Stands();
}
