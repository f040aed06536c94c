using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>What an assessor saw a learner do, and the level they give it; no work is turned in for it. It becomes an entry in the record at once.</summary>
/// <param name="Organization">The record-keeper.</param>
/// <param name="Badge">The version whose competency was seen.</param>
/// <param name="ObservedAt">When it was seen; the record keeps beside it when it was entered.</param>
public sealed record Observation(
    ObservationId Id,
    OrganizationId Organization,
    PersonId Learner,
    BadgeVersionId Badge,
    string CompetencyId,
    string Level,
    string? Note,
    Assessor Assessor,
    DecisionContext Context,
    DateTimeOffset ObservedAt,
    DateTimeOffset RecordedAt)
{
    public const int MaxNoteLength = 4_000;

    /// <summary>What the record says its entries come from.</summary>
    public const string Source = "observation";

    public static readonly TimeSpan Oldest = TimeSpan.FromDays(400);

    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    /// <exception cref="RefusedException">
    /// <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>, <c>observation.note</c>, <c>observation.when</c>, <c>observation.needs-two-raters</c>,
    /// <c>decision.role-not-allowed</c> for a supervisor whose word counts only together with a teacher's.
    /// </exception>
    public static Observation Make(BadgeDefinition badge, Observation seen)
    {
        if (badge.Review.Raters is not null)
        {
            throw Refused.Invalid("observation.needs-two-raters", "This badge is rated by two who do not see each other's levels, on work that is turned in.");
        }

        if (seen.Assessor.Capacity == ReviewerRole.Supervisor && badge.Review.Supervisor != SupervisorMode.Sole)
        {
            throw Refused.Forbidden("decision.role-not-allowed", "On this badge a supervisor signs beside a teacher, on work that is turned in.");
        }

        badge.Competency(seen.CompetencyId);
        badge.Scale.Level(seen.Level);
        return seen.ObservedAt <= seen.RecordedAt + ClockDifference && seen.ObservedAt >= seen.RecordedAt - Oldest
            ? seen with { Note = DisplayText.Optional(seen.Note, MaxNoteLength, "observation.note") }
            : throw Refused.Invalid("observation.when", "An observation is of the last 400 days, and not of the future.");
    }

    /// <summary>Whether it says the same as another of the same id.</summary>
    public bool IsSameAs(Observation other) => (Learner, Badge.Slug, CompetencyId, Level) == (other.Learner, other.Badge.Slug, other.CompetencyId, other.Level);
}

public static class ObservationDocuments
{
    public static readonly AccessPath<Observation> ByLearner = new AccessPath<Observation>("learner").Equal("learner", o => o.Learner.Value).OrderBy("observed", o => o.ObservedAt);

    public static readonly AccessPath<Observation> ByAssessor = new AccessPath<Observation>("assessor").Equal("assessor", o => o.Assessor.Person.Value).OrderBy("recorded", o => o.RecordedAt);

    public static readonly DocumentKind<Observation> Kind = new("observation", o => o.Id.Value) { Paths = [ByLearner, ByAssessor] };
}
