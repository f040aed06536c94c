namespace SkillBadges.Core.Mastery;

/// <summary>A level in the words of somebody at work who never read a scale.</summary>
public enum PlainStep
{
    NotYet,
    WithHelp,
    Alone,
    CanTeachIt,
}

public static class PlainSteps
{
    /// <summary>
    /// What a level of a scale is called: alone the one from which work counts as proficient, not yet the lowest, can teach it the highest, with help the one below alone. Where a scale has fewer levels it has fewer
    /// steps; what it has between them is called nothing.
    /// </summary>
    /// <exception cref="RefusedException"><c>scale.unknown-level</c>.</exception>
    public static PlainStep? Of(MasteryScale scale, string code)
    {
        var (place, cut) = (scale.Levels.IndexOf(scale.Level(code)), scale.Levels.IndexOf(scale.Level(scale.ProficientCut)));
        return place == cut ? PlainStep.Alone
            : place == 0 ? PlainStep.NotYet
            : place == scale.Levels.Length - 1 ? PlainStep.CanTeachIt
            : place == cut - 1 ? PlainStep.WithHelp
            : null;
    }
}
