using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>One skill of a plan: what the assessor found missing, and what the learner does about it.</summary>
/// <param name="Missing">The assessor's words about this skill; null when they spoke of the whole.</param>
public sealed record PlanStep(string CompetencyId, string? Missing)
{
    /// <summary>What I will do.</summary>
    public string? Action { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? By { get; init; }
}

/// <summary>Who confirmed that a preparation was done.</summary>
public sealed record PreparationSeen(PersonId By, DateTimeOffset At);

/// <summary>What lies between a "not yet" and the next try. It is made by the decision and filled in by the learner.</summary>
/// <param name="Attempt">The try that came back.</param>
/// <param name="Decision">The decision that sent it back; a correction makes a plan of its own and leaves this one as it is.</param>
/// <param name="Missing">The assessor's words to the whole.</param>
public sealed record ImprovementPlan(int Attempt, string Decision, DateTimeOffset MadeAt, string? Missing)
{
    public const int MaxActionLength = 2_000;

    public ImmutableArray<PlanStep> Steps { get; init; } = [];

    /// <summary>What the learner did of the preparation that the policy asks for.</summary>
    public string? Preparation { get; init; }

    /// <summary>That a teacher has seen the preparation; null while nobody has.</summary>
    public PreparationSeen? PreparationSeen { get; init; }

    public DateTimeOffset? TouchedAt { get; init; }

    /// <summary>The skills for which the learner has not said yet what they will do.</summary>
    [JsonIgnore]
    public IEnumerable<string> Untouched => Steps.Where(step => step.Action is null).Select(step => step.CompetencyId);

    [JsonIgnore]
    public bool IsTouched => TouchedAt is not null && !Untouched.Any();

    /// <summary>One step for each skill that is not at its level: judged too low, or, when nothing was judged too low, not judged at all.</summary>
    public static ImprovementPlan After(BadgeDefinition badge, int attempt, Decision decision)
    {
        var tooLow = decision.Ratings.Where(rating => !badge.Satisfies(rating.CompetencyId, rating.Level)).Select(rating => rating.CompetencyId).ToList();
        var open = tooLow.Count > 0 ? tooLow : [.. badge.Competencies.Select(competency => competency.Id).Except(decision.Ratings.Select(rating => rating.CompetencyId))];
        return new(attempt, decision.Id, decision.DecidedAt, decision.Comment)
        {
            Steps =
            [
                .. badge.Competencies.Where(competency => open.Contains(competency.Id))
                    .Select(competency => new PlanStep(competency.Id, decision.Ratings.FirstOrDefault(rating => rating.CompetencyId == competency.Id)?.Comment)),
            ],
        };
    }

    /// <summary>The learner's side of the plan; skills that are not named stay as they are.</summary>
    /// <exception cref="RefusedException"><c>plan.unknown-skill</c>, <c>plan.action</c>, <c>plan.preparation</c>.</exception>
    public ImprovementPlan Touch(IReadOnlyCollection<PlanStep> said, string? preparation, DateTimeOffset at)
    {
        if (said.FirstOrDefault(step => Steps.All(known => known.CompetencyId != step.CompetencyId)) is { } unknown)
        {
            throw Refused.Invalid("plan.unknown-skill", $"The plan has no skill of this name; it has {string.Join(", ", Steps.Select(step => step.CompetencyId))}.");
        }

        return this with
        {
            Steps = [.. Steps.Select(step => said.LastOrDefault(own => own.CompetencyId == step.CompetencyId) is { } own ? step with { Action = RequireAction(own.Action), By = own.By } : step)],
            Preparation = DisplayText.Optional(preparation, MaxActionLength, "plan.preparation") ?? Preparation,
            PreparationSeen = string.IsNullOrWhiteSpace(preparation) ? PreparationSeen : null,
            TouchedAt = at,
        };
    }

    /// <summary>A teacher's word that the preparation which the learner tells of was done; a second one changes nothing. What the learner writes anew is confirmed anew.</summary>
    /// <exception cref="RefusedException"><c>plan.preparation-unsaid</c>.</exception>
    public ImprovementPlan Confirm(PreparationSeen seen)
    {
        if (Preparation is null)
        {
            throw Refused.Conflict("plan.preparation-unsaid", "The learner has not said yet what they did to prepare.");
        }

        return PreparationSeen is null ? this with { PreparationSeen = seen } : this;
    }

    private static string RequireAction(string? action) =>
        DisplayText.Optional(action, MaxActionLength, "plan.action") ?? throw Refused.Invalid("plan.action", "Please say what you will do about this skill.");
}
