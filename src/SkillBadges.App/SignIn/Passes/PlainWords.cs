using SkillBadges.App.Layout;
using SkillBadges.Core.Mastery;

namespace SkillBadges.App.SignIn.Passes;

/// <summary>What a supervisor says of a skill, in the words of work.</summary>
internal static class PlainWords
{
    public static string Of(Texts T, PlainStep step) => step switch
    {
        PlainStep.NotYet => T["Not yet"],
        PlainStep.WithHelp => T["With help"],
        PlainStep.Alone => T["Alone"],
        _ => T["Can teach it"],
    };

    /// <summary>The step and the level that it means, or the level alone.</summary>
    public static string Of(Texts T, MasteryScale scale, MasteryLevel level) =>
        PlainSteps.Of(scale, level.Code) is { } step ? T["{0} ({1})", Of(T, step), level.Label] : level.Label;
}
