using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// A mistaken decision is corrected by a new one with a reason. One commit supersedes or retracts its entries in the record,
/// takes the badge back, frees its slot, and records the new award if there is one.
/// </summary>
public sealed class CorrectionWorkflow(Commits commits, Assignments assignments, DecisionRecord record, AwardCorrection awards, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Assigned to the learner's work now; need not be who decided.</param>
    /// <param name="id">The submission.</param>
    /// <param name="decisionId">The standing decision of its last attempt.</param>
    /// <param name="request">What should stand instead.</param>
    /// <param name="reason">1 to 500 characters; kept in the record, never published.</param>
    /// <param name="ifMatch">The version of the submission that the actor read, or null.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>request.stale</c>, <c>award.reason</c>, <c>decision.needs-two-raters</c>, those of <see cref="Assignments.RequireAsync(Actor, Submission, BadgeDefinition, CancellationToken)"/> and of <see cref="Submission.Correct"/>.
    /// </exception>
    public Task<DecisionResult> CorrectAsync(
        Actor actor, SubmissionId id, string decisionId, DecisionRequest request, string reason, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            var badge = await store.VersionAsync(read.Document.Badge, attemptToken);
            var assignment = await assignments.RequireAsync(actor, read.Document, badge, attemptToken);
            RequireFullAuthority(badge, assignment.Assessor, request.Outcome);
            var mark = StatusMark.Because(reason, actor.Person, clock.Now());
            var correction = request.Compose(badge, assignment, mark.At) with { Corrects = decisionId, CorrectionReason = mark.Reason };
            await PlacementScope.RequireAsync(store, badge, correction.Context, correction.Ratings.Select(rating => rating.CompetencyId), attemptToken);
            var corrected = read.MustBe(ifMatch).Document.Correct(badge, request.Attempt, correction);
            var changes = assignment.RequireIn(new Changes()).Replace(SubmissionDocuments.Kind, read, corrected);
            var award = await WriteAsync(changes, read, corrected, badge, correction, mark, attemptToken);
            return new Outcome<DecisionResult>(changes, new(corrected, read.Version + 1, correction, award), correction.Id);
        },
        (correctionId, replayToken) => record.ReadAsync(id, correctionId, replayToken),
        cancellationToken);

    private async Task<Award?> WriteAsync(
        Changes changes, Read<Submission> read, Submission corrected, BadgeDefinition badge, Decision correction, StatusMark mark, CancellationToken cancellationToken)
    {
        try
        {
            await EndAwardAsync(changes, corrected.Id, correction.Corrects!, mark, cancellationToken);
            return await record.WriteAsync(changes, corrected, badge, correction, correction.Corrects, cancellationToken);
        }
        catch (RefusedException refusal) when (refusal.Code == "award.already-live")
        {
            // Whoever corrected this very decision a moment ago has filled the slot: then there is nothing left to correct.
            await store.RequireUnchangedAsync(SubmissionDocuments.Kind, read, cancellationToken);
            throw;
        }
        catch (RefusedException refusal) when (refusal.Code == "award.already-revoked")
        {
            // The office took the badge back between our two looks at it; look again.
            throw new VersionConflictException(AwardDocuments.Kind.Name, corrected.Id.Value);
        }
    }

    private async Task EndAwardAsync(Changes changes, SubmissionId submission, string decision, StatusMark mark, CancellationToken cancellationToken)
    {
        var earned = await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(submission.Value).Take(100), cancellationToken);
        if (earned.Documents.FirstOrDefault(award => award.Decision == decision && award.IsLive) is { } live)
        {
            await awards.EndAsync(live.Id, mark, changes, cancellationToken);
        }
    }

    // Where a teacher's word is needed to approve, a supervisor's alone does not undo it.
    private static void RequireFullAuthority(BadgeDefinition badge, Assessor assessor, DecisionOutcome outcome)
    {
        if (badge.Review.Raters is not null && outcome == DecisionOutcome.Approved)
        {
            throw Refused.Forbidden("decision.needs-two-raters", "One person can take this back; approving it takes two who rate independently. Please return the work, and both rate the next try.");
        }

        if (assessor.Relation == AssessorRelation.SupervisesThePlacement && badge.Review.Supervisor != SupervisorMode.Sole)
        {
            throw Refused.Forbidden("decision.role-not-allowed", "A teacher's decision on this badge is corrected by a teacher.");
        }
    }
}
