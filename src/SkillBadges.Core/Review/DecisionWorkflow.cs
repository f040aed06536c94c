using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// An assessor decides on an attempt. One commit writes the decision, an entry in the record for each competency, the award
/// and exactly what will be signed; and it holds only while the assessor's role and assignment are as they were read.
/// </summary>
public sealed class DecisionWorkflow(Commits commits, Assignments assignments, DecisionRecord record, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, <c>request.stale</c>, those of <see cref="Assignments.RequireAsync"/>, of <see cref="Submission.Decide"/> and of
    /// <see cref="Issuance.PrepareAsync"/>.
    /// </exception>
    public Task<DecisionResult> DecideAsync(Actor actor, SubmissionId id, DecisionRequest request, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            var badge = await store.VersionAsync(read.Document.Badge, attemptToken);
            var assignment = await assignments.RequireAsync(actor, read.Document, badge, attemptToken);
            var decision = request.Compose(badge, assignment, clock.Now());
            var task = await store.FindAsync(ReviewTaskDocuments.Kind, id.Value, attemptToken);
            var changes = assignment.RequireIn(new Changes());
            return NeedsTeacherToo(badge, assignment.Assessor, decision)
                ? CoSign(read.MustBe(ifMatch), badge, request.Attempt, decision, changes)
                : await DecideAsync(read.MustBe(ifMatch), badge, request.Attempt, decision, task, changes, attemptToken);
        },
        (decisionId, replayToken) => record.ReadAsync(id, decisionId, replayToken),
        cancellationToken);

    private async Task<Outcome<DecisionResult>> DecideAsync(
        Read<Submission> read, BadgeDefinition badge, int attempt, Decision decision, Read<ReviewTask>? task, Changes changes, CancellationToken cancellationToken)
    {
        var decided = read.Document.Decide(badge, attempt, decision);
        changes.Replace(SubmissionDocuments.Kind, read, decided);
        if (task is not null)
        {
            changes.Remove(ReviewTaskDocuments.Kind, task);
        }

        try
        {
            var award = await record.WriteAsync(changes, decided, badge, decision, corrected: null, cancellationToken);
            return new(changes, new(decided, read.Version + 1, decision, award), decision.Id);
        }
        catch (RefusedException refusal) when (refusal.Code == "award.already-live")
        {
            // Whoever decided on this very work a moment ago has filled the slot: then the answer is that it is decided, not that the badge is held.
            await store.RequireUnchangedAsync(SubmissionDocuments.Kind, read, cancellationToken);
            throw;
        }
    }

    private static Outcome<DecisionResult> CoSign(Read<Submission> read, BadgeDefinition badge, int attempt, Decision decision, Changes changes)
    {
        var signed = read.Document.CoSign(badge, attempt, decision);
        return new(changes.Replace(SubmissionDocuments.Kind, read, signed), new(signed, read.Version + 1, decision, null), decision.Id);
    }

    // A supervisor may always send work back; where the badge says co-sign, approving takes a teacher as well.
    private static bool NeedsTeacherToo(BadgeDefinition badge, Assessor assessor, Decision decision) =>
        assessor.Relation == AssessorRelation.SupervisesThePlacement && decision.Outcome == DecisionOutcome.Approved && badge.Review.Supervisor == SupervisorMode.CoSign;
}
