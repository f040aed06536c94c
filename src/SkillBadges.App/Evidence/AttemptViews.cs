using SkillBadges.Core.Evidence;

namespace SkillBadges.App.Evidence;

/// <summary>What lies between a return and the next try.</summary>
/// <param name="Attempt">The try that came back.</param>
/// <param name="Missing">The assessor's words to the whole.</param>
/// <param name="Preparation">What the learner says they did of the preparation that is asked for.</param>
/// <param name="PreparationConfirmedBy">The teacher who confirmed it, where one did.</param>
internal sealed record PlanView(int Attempt, string Decision, DateTimeOffset MadeAt, string? Missing, IReadOnlyList<PlanStepView> Steps, string? Preparation, DateTimeOffset? TouchedAt, string? PreparationConfirmedBy, DateTimeOffset? PreparationConfirmedAt)
{
    public static PlanView Of(ImprovementPlan plan) => new(
        plan.Attempt,
        plan.Decision,
        plan.MadeAt,
        plan.Missing,
        [.. plan.Steps.Select(step => new PlanStepView(step.CompetencyId, step.Missing, step.Action, step.By))],
        plan.Preparation,
        plan.TouchedAt,
        plan.PreparationSeen?.By.Value,
        plan.PreparationSeen?.At);
}

/// <param name="Missing">The assessor's words about this skill.</param>
/// <param name="Action">What the learner will do.</param>
internal sealed record PlanStepView(string Competency, string? Missing, string? Action, DateOnly? By);

internal sealed record NodView(string Checkpoint, string By, DateTimeOffset At, string? Words)
{
    public static NodView Of(Nod nod) => new(nod.CheckpointId, nod.By.Value, nod.At, nod.Words);
}
