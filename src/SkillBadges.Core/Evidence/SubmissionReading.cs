using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence;

/// <summary>Who may read whose work: the learner, those who may decide on it, the school's office, the learner's guardians there.</summary>
public sealed class SubmissionReading(IDocumentStore store, Authority authority, Assignments assignments, FamilyRights family, TimeProvider clock)
{
    private readonly BlindReading blind = new(store, authority, clock);

    /// <exception cref="RefusedException"><c>submission.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<Read<Submission>> ReadAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken);
        return await MayReadAsync(actor, read.Document, cancellationToken) ? read : throw Refused.NotFound("submission");
    }

    /// <summary>As <see cref="ReadAsync"/>, as a yes or no; no as well where there is no such work.</summary>
    public async Task<bool> MayReadAsync(Actor actor, SubmissionId id, CancellationToken cancellationToken) =>
        await store.FindAsync(SubmissionDocuments.Kind, id.Value, cancellationToken) is { } read && await MayReadAsync(actor, read.Document, cancellationToken);

    private async Task<bool> MayReadAsync(Actor actor, Submission submission, CancellationToken cancellationToken)
    {
        if (IsOwn(actor, submission))
        {
            return true;
        }

        // A draft is the learner's own until it is turned in.
        return submission.Attempts.Length > 0
            && (await assignments.FindAsync(actor, submission, cancellationToken) is not null
                || await authority.FindAsync(actor, submission.Organization, Offices.Records, cancellationToken) is not null
                || (await family.RecordKeepersAsync(actor, [submission.Learner], cancellationToken)).Contains(submission.Organization)
                || await SignedForAsync(actor, submission, cancellationToken) is not null);
    }

    /// <summary>
    /// What the actor sees: of work that is not their own, what was turned in and never the draft; of independent ratings, none before they count but their own; of a verdict that they may still read a second time, nothing; and who is
    /// only its supervisor, the skills that the internship names.
    /// </summary>
    public async Task<Submission> SeenByAsync(Actor actor, Submission submission, CancellationToken cancellationToken)
    {
        if (IsOwn(actor, submission))
        {
            return await WithoutRatingsAsync(actor, submission, cancellationToken);
        }

        var seen = await blind.SeenByAsync(actor, await WithoutRatingsAsync(actor, submission with { Draft = [] }, cancellationToken), cancellationToken);
        var context = (await assignments.FindAsync(actor, submission, cancellationToken))?.Context ?? (await SignedForAsync(actor, submission, cancellationToken))?.Context;
        return context?.Placement is { } id
            && await authority.FindAsync(actor, submission.Organization, Offices.Records, cancellationToken) is null
            && await store.FindAsync(PlacementDocuments.Kind, id.Value, cancellationToken) is { } placement
            ? PlacementScope.SeenFrom(placement.Document, seen)
            : seen;
    }

    /// <summary>The piece of proof with this id, in the draft of its owner or in any attempt, and that its content was erased, if it was.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>evidence.not-found</c>.</exception>
    public async Task<(EvidenceItem Item, EvidenceErasure? Erasure)> EvidenceAsync(Actor actor, SubmissionId id, string itemId, CancellationToken cancellationToken)
    {
        var seen = await SeenByAsync(actor, (await ReadAsync(actor, id, cancellationToken)).Document, cancellationToken);
        return (seen.AllItems.FirstOrDefault(item => item.Id == itemId) ?? throw Refused.NotFound("evidence"), seen.ErasureOf(itemId));
    }

    private async Task<Submission> WithoutRatingsAsync(Actor actor, Submission seen, CancellationToken cancellationToken)
    {
        if (seen.Attempts.All(attempt => attempt.Ratings.IsEmpty))
        {
            return seen;
        }

        var badge = await store.VersionAsync(seen.Badge, cancellationToken);
        return seen with { Attempts = [.. seen.Attempts.Select(attempt => RaterRules.SeenBy(badge, attempt, actor.Person))] };
    }

    // Who is limited to internships is nobody's learner here.
    private static bool IsOwn(Actor actor, Submission submission) => !actor.IsLimited && submission.Learner == actor.Person;

    // Who signed for it may look at what they signed, also when the class or the internship is over, as long as they work there.
    private async Task<Decision?> SignedForAsync(Actor actor, Submission submission, CancellationToken cancellationToken)
    {
        var signed = submission.Attempts
            .SelectMany(attempt => attempt.Everything)
            .LastOrDefault(decision => decision.Assessor.Person == actor.Person && (decision.Context?.Placement is { } placement ? actor.Reaches(placement.Value) : !actor.IsLimited));
        return signed is not null && await authority.FindAsync(actor, signed.Assessor.Organization, [signed.Assessor.Role], cancellationToken) is not null ? signed : null;
    }
}
