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
    /// Which levels of a scale the steps mean, by code: alone is the level from which work counts as proficient, with help the one below it, can teach it the highest, not yet the lowest. Where a scale has fewer
    /// levels it has fewer steps; what it has between them stays without one.
    /// </summary>
    public static IReadOnlyDictionary<string, PlainStep> Of(MasteryScale scale)
    {
        var (steps, cut) = (new Dictionary<string, PlainStep>(StringComparer.Ordinal), scale.Levels.IndexOf(scale.Level(scale.ProficientCut)));
        steps[scale.Levels[cut].Code] = PlainStep.Alone;
        steps.TryAdd(scale.Levels[0].Code, PlainStep.NotYet);
        steps.TryAdd(scale.Levels[^1].Code, PlainStep.CanTeachIt);
        steps.TryAdd(scale.Levels[Math.Max(0, cut - 1)].Code, PlainStep.WithHelp);
        return steps;
    }
}
