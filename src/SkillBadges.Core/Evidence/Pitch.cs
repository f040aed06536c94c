using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

public enum PitchState
{
    Proposed,

    /// <summary>Counts on the choice board of this piece of work as one more option.</summary>
    Accepted,

    Declined,
}

/// <summary>A learner's own idea how to show a skill, for one piece of work. Its id is the option's id once a teacher has accepted it.</summary>
/// <param name="Why">How it shows the skill.</param>
public sealed record Pitch(
    PitchId Id, SubmissionId Submission, PersonId Learner, OrganizationId Organization, BadgeVersionId Badge, string CompetencyId, string Title, EvidenceKind Kind, string Why, DateTimeOffset ProposedAt)
{
    public const int MaxTitleLength = 100;
    public const int MaxWordsLength = 2_000;

    /// <summary>How many a piece of work may have.</summary>
    public const int MaxForWork = 24;

    public PitchState State { get; init; }

    /// <summary>The teacher's words; when declined, why.</summary>
    public string? Answer { get; init; }

    public PersonId? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <exception cref="RefusedException"><c>pitch.title</c>, <c>pitch.why</c>, <c>pitch.kind</c>.</exception>
    public static Pitch Propose(PitchId id, Submission submission, string competencyId, string title, EvidenceKind kind, string why, DateTimeOffset at) => new(
        id,
        submission.Id,
        submission.Learner,
        submission.Organization,
        submission.Badge,
        competencyId,
        DisplayText.Require(title, MaxTitleLength, "pitch.title"),
        Enum.IsDefined(kind) && kind is not (EvidenceKind.Assessment or EvidenceKind.Observation) ? kind : throw Refused.Invalid("pitch.kind", "An own idea is shown by a file, a link, a text, a certificate or a log."),
        DisplayText.Optional(why, MaxWordsLength, "pitch.why") ?? throw Refused.Invalid("pitch.why", "Please say how this shows the skill."),
        at);

    /// <summary>A teacher's yes or no, given once; a no has words.</summary>
    /// <exception cref="RefusedException"><c>pitch.answered</c>, <c>pitch.answer</c>.</exception>
    public Pitch AnswerWith(bool accept, string? words, PersonId by, DateTimeOffset at)
    {
        if (State != PitchState.Proposed)
        {
            throw Refused.Conflict("pitch.answered", "This proposal has been answered already.");
        }

        var answer = DisplayText.Optional(words, MaxWordsLength, "pitch.answer");
        return accept || answer is not null
            ? this with { State = accept ? PitchState.Accepted : PitchState.Declined, Answer = answer, AnsweredBy = by, AnsweredAt = at }
            : throw Refused.Invalid("pitch.answer", "Please tell the learner why not, and what would do instead.");
    }
}
