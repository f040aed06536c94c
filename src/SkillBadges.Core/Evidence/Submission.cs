using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

public enum SubmissionState
{
    /// <summary>The learner works on it, for the first time or after a return.</summary>
    Draft,

    /// <summary>Turned in and frozen; waits for a decision.</summary>
    Submitted,

    /// <summary>The badge is earned.</summary>
    Approved,
}

/// <summary>A learner's work towards one version of a badge at one school: the draft, and every attempt with its decision.</summary>
public sealed partial record Submission(SubmissionId Id, PersonId Learner, OrganizationId Organization, BadgeVersionId Badge, DateTimeOffset StartedAt)
{
    public SubmissionState State { get; init; }

    /// <summary>Tries at this badge that the learner made in earlier submissions, at any school: attempts are counted on from there.</summary>
    public int AttemptsBefore { get; init; }

    /// <summary>The work as it is being prepared, one for each competency of the badge.</summary>
    public ImmutableArray<CompetencyWork> Draft { get; init; } = [];

    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>One for each return, in order; what the learner said in earlier ones stays.</summary>
    public ImmutableArray<ImprovementPlan> Plans { get; init; } = [];

    /// <summary>The stop points of the badge that a teacher has nodded off.</summary>
    public ImmutableArray<Nod> Nods { get; init; } = [];

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the badge that it earned was revoked; null while it is held. What was decided stays, but it opens no other badge any more.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }

    [JsonIgnore]
    public bool IsHeld => State == SubmissionState.Approved && TakenBackAt is null;

    /// <summary>Proof whose content was erased; its digest stays where it was.</summary>
    public ImmutableArray<EvidenceErasure> Erasures { get; init; } = [];

    /// <summary>Every piece of proof in the draft and in all attempts; one that was taken over from attempt to attempt comes several times.</summary>
    [JsonIgnore]
    public IEnumerable<EvidenceItem> AllItems => Draft.Concat(Attempts.SelectMany(attempt => attempt.Work)).SelectMany(work => work.Items);

    /// <summary>The plan that stands between the last return and the next try; null when nothing was returned.</summary>
    [JsonIgnore]
    public ImprovementPlan? CurrentPlan => State == SubmissionState.Draft && LastAttempt?.Standing is { } standing ? Plans.LastOrDefault(plan => plan.Decision == standing.Id) : null;

    [JsonIgnore]
    public Attempt? LastAttempt => Attempts is [.., var last] ? last : null;

    public static Submission Start(SubmissionId id, PersonId learner, OrganizationId organization, BadgeDefinition badge, DateTimeOffset at) =>
        new(id, learner, organization, badge.Id, at)
        {
            Draft = [.. badge.Competencies.Select(competency => new CompetencyWork(competency.Id))],
            UpdatedAt = at,
        };

    /// <exception cref="RefusedException"><c>submission.not-editable</c>, <c>definition.unknown-competency</c>, <c>evidence.too-many</c>.</exception>
    public Submission AddEvidence(string competencyId, EvidenceItem item, DateTimeOffset at) => Edit(competencyId, at, work =>
        work.Items.Length < CompetencyWork.MaxItems
            ? work with { Items = work.Items.Add(item), ReasonWithoutEvidence = null }
            : throw Refused.Invalid("evidence.too-many", $"A skill takes up to {CompetencyWork.MaxItems} pieces of proof; please choose the best."));

    /// <exception cref="RefusedException"><c>submission.not-editable</c>, <c>definition.unknown-competency</c>, <c>evidence.not-found</c>.</exception>
    public Submission RemoveEvidence(string competencyId, string itemId, DateTimeOffset at) => Edit(competencyId, at, work =>
        work.Items.Any(item => item.Id == itemId)
            ? work with { Items = work.Items.RemoveAll(item => item.Id == itemId) }
            : throw Refused.NotFound("evidence"));

    /// <summary>Sets the learner's own rating, reflection and the reason for no proof; null clears.</summary>
    /// <exception cref="RefusedException"><c>submission.not-editable</c>, <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>, <c>submission.reflection</c>.</exception>
    public Submission Reflect(BadgeDefinition badge, string competencyId, string? selfLevel, string? reflection, string? reasonWithoutEvidence, DateTimeOffset at) => Edit(competencyId, at, work => work with
    {
        SelfLevel = selfLevel is null ? null : badge.Scale.Level(selfLevel).Code,
        Reflection = DisplayText.Optional(reflection, CompetencyWork.MaxTextLength, "submission.reflection"),
        ReasonWithoutEvidence = DisplayText.Optional(reasonWithoutEvidence, CompetencyWork.MaxTextLength, "submission.reflection"),
    });

    /// <summary>Turns the work in: it is frozen and becomes the next attempt.</summary>
    /// <exception cref="RefusedException"><c>submission.not-editable</c>, and those of <see cref="TurnIn.Require"/>.</exception>
    public Submission Submit(TurnIn turnIn)
    {
        RequireDraft();
        turnIn.Require(this);
        var last = Math.Max(turnIn.Before.LastNumber, AttemptsBefore + Attempts.Length);
        return this with
        {
            State = SubmissionState.Submitted,
            Attempts = Attempts.Add(Attempt.Freeze(Math.Max(last, LastAttempt?.Number ?? 0) + 1, Draft, turnIn.At)),
            UpdatedAt = turnIn.At,
        };
    }

    /// <summary>The learner's side of the plan that followed the last return.</summary>
    /// <exception cref="RefusedException"><c>plan.not-found</c>, <c>plan.closed</c>, and those of <see cref="ImprovementPlan.Touch"/>.</exception>
    public Submission TouchPlan(int attempt, IReadOnlyCollection<PlanStep> steps, string? preparation, DateTimeOffset at)
    {
        var current = RequirePlan(attempt);
        return this with { Plans = Plans.Replace(current, current.Touch(steps, preparation, at)), UpdatedAt = at };
    }

    /// <summary>A teacher's word that the preparation for the next try was done; a second one changes nothing.</summary>
    /// <exception cref="RefusedException"><c>plan.not-found</c>, <c>plan.closed</c>, <c>plan.own</c>, <c>plan.preparation-unsaid</c>.</exception>
    public Submission ConfirmPreparation(int attempt, PreparationSeen seen)
    {
        if (seen.By == Learner)
        {
            throw Refused.Forbidden("plan.own", "Nobody confirms their own preparation.");
        }

        var current = RequirePlan(attempt);
        var confirmed = current.Confirm(seen);
        return ReferenceEquals(confirmed, current) ? this : this with { Plans = Plans.Replace(current, confirmed), UpdatedAt = seen.At };
    }

    /// <summary>A teacher's "go on" at a stop point; a second nod changes nothing.</summary>
    /// <exception cref="RefusedException"><c>checkpoint.not-found</c>, <c>submission.not-editable</c>, <c>checkpoint.own</c>, <c>checkpoint.words</c>.</exception>
    public Submission NodAt(BadgeDefinition badge, string checkpointId, PersonId by, string? words, DateTimeOffset at)
    {
        RequireDraft();
        if (by == Learner)
        {
            throw Refused.Forbidden("checkpoint.own", "Nobody nods off their own work.");
        }

        if (badge.Checkpoints.All(checkpoint => checkpoint.Id != checkpointId))
        {
            throw Refused.NotFound("checkpoint");
        }

        var nod = new Nod(checkpointId, by, at, DisplayText.Optional(words, Nod.MaxWordsLength, "checkpoint.words"));
        return Nods.Any(known => known.CheckpointId == checkpointId) ? this : this with { Nods = Nods.Add(nod), UpdatedAt = at };
    }

    public EvidenceErasure? ErasureOf(string itemId) => Erasures.FirstOrDefault(erasure => erasure.ItemId == itemId);

    /// <summary>Takes the content of a piece of proof out of the draft and of every attempt; digest, size and kind stay, and so does the digest of each attempt.</summary>
    /// <exception cref="RefusedException"><c>evidence.not-found</c>, <c>evidence.erased</c>, <c>evidence.erasure-reason</c>.</exception>
    public Submission Erase(string itemId, PersonId? by, string reason, DateTimeOffset at)
    {
        if (ErasureOf(itemId) is not null)
        {
            throw Refused.Gone("evidence.erased", "It was erased before; its digest stays in the record.");
        }

        var item = AllItems.FirstOrDefault(item => item.Id == itemId) ?? throw Refused.NotFound("evidence");
        return this with
        {
            Draft = CompetencyWork.Replace(Draft, item, item.Erased()),
            Attempts = [.. Attempts.Select(attempt => attempt with { Work = CompetencyWork.Replace(attempt.Work, item, item.Erased()) })],
            Erasures = Erasures.Add(new(itemId, item.Digest, by, at, DisplayText.Require(reason, EvidenceErasure.MaxReasonLength, "evidence.erasure-reason"))),
            UpdatedAt = at,
        };
    }

    /// <summary>Without the files of this content in the draft; what was turned in stays as it is.</summary>
    public Submission WithoutContent(Sha256Digest digest, DateTimeOffset at) => Draft.Any(work => work.Items.Any(item => item.IsFileOf(digest)))
        ? this with { Draft = [.. Draft.Select(work => work with { Items = work.Items.RemoveAll(item => item.IsFileOf(digest)) })], UpdatedAt = at }
        : this;

    private Submission Edit(string competencyId, DateTimeOffset at, Func<CompetencyWork, CompetencyWork> change)
    {
        RequireDraft();
        var work = Draft.FirstOrDefault(known => known.CompetencyId == competencyId)
            ?? throw Refused.Invalid("definition.unknown-competency", "The badge has no such skill.");
        return this with { Draft = Draft.Replace(work, change(work)), UpdatedAt = at };
    }

    /// <exception cref="RefusedException"><c>submission.not-editable</c>.</exception>
    public void RequireDraft()
    {
        if (State != SubmissionState.Draft)
        {
            throw Refused.Conflict("submission.not-editable", "The work has been turned in and is frozen. It opens again if it is returned.");
        }
    }

    private ImprovementPlan RequirePlan(int attempt)
    {
        if (Plans.All(plan => plan.Attempt != attempt))
        {
            throw Refused.NotFound("plan");
        }

        return CurrentPlan is { } open && open.Attempt == attempt ? open : throw Refused.Conflict("plan.closed", "This plan belongs to an earlier try and stays as it was.");
    }
}
