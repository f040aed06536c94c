using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Support;

/// <summary>A learner is ready and asks a teacher to come and look, at a stop point or at the whole.</summary>
/// <param name="Checkpoint">Id of the stop point; null for the whole.</param>
public sealed record AssessmentRequest(
    AssessmentRequestId Id, SubmissionId Submission, PersonId Learner, OrganizationId Organization, BadgeVersionId Badge, string? Checkpoint, string? Words, DateTimeOffset AskedAt)
{
    public const int MaxWordsLength = 1_000;

    public DateTimeOffset? AnsweredAt { get; init; }

    public PersonId? AnsweredBy { get; init; }

    /// <summary>Such as when the teacher comes.</summary>
    public string? Answer { get; init; }

    /// <exception cref="RefusedException"><c>checkpoint.not-found</c>, <c>assessment-request.words</c>.</exception>
    public static AssessmentRequest Ask(AssessmentRequestId id, Submission work, BadgeDefinition badge, string? checkpoint, string? words, DateTimeOffset at) =>
        checkpoint is null || badge.Checkpoints.Any(known => known.Id == checkpoint)
            ? new(id, work.Id, work.Learner, work.Organization, work.Badge, checkpoint, DisplayText.Optional(words, MaxWordsLength, "assessment-request.words"), at)
            : throw Refused.NotFound("checkpoint");

    /// <exception cref="RefusedException"><c>assessment-request.answered</c>, <c>assessment-request.words</c>.</exception>
    public AssessmentRequest AnswerWith(string? words, PersonId by, DateTimeOffset at) => AnsweredAt is null
        ? this with { AnsweredAt = at, AnsweredBy = by, Answer = DisplayText.Optional(words, MaxWordsLength, "assessment-request.words") }
        : throw Refused.Conflict("assessment-request.answered", "This has been answered already.");
}
