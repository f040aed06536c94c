using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// Takes a decision back before its badge is signed. One commit retracts its entries in the record, cancels the award and what would have been signed,
/// and puts the work back into the queue. A first rating of two, and a supervisor's word that waits for a teacher's, are taken back in the same way.
/// </summary>
public sealed class UndoWorkflow(Commits commits, Assignments assignments, DecisionRecord record, ReviewQueue queue, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly AwardCorrection awards = new(commits.Store);

    /// <param name="actor">Who decided, and may decide still.</param>
    /// <param name="id">The submission.</param>
    /// <param name="decisionId">The standing decision of its last attempt.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>submission.not-found</c>, those of <see cref="Assignments.RequireAsync(Actor, Submission, BadgeDefinition, CancellationToken)"/> of <see cref="DecisionUndo.Undo"/>, of <see cref="DecisionUndo.TakeBack"/> and of <see cref="RaterRules.TakeBack"/>.
    /// </exception>
    public Task<DecisionResult> UndoAsync(Actor actor, SubmissionId id, string decisionId, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken);
            var badge = await store.VersionAsync(read.Document.Badge, attemptToken);
            var assignment = await assignments.RequireAsync(actor, read.Document, badge, attemptToken);
            var now = clock.Now();
            var undo = new Decision
            {
                Id = NewId.Ordered(now),
                Outcome = DecisionOutcome.Undone,
                Ratings = [],
                Assessor = assignment.Assessor,
                Context = assignment.Context,
                DecidedAt = now,
                Corrects = decisionId,
                CorrectionReason = DecisionUndo.Reason,
            };
            var window = await record.UndoWindowAsync(read.Document.Organization, attemptToken);
            var changes = assignment.RequireIn(new Changes());
            if (RaterRules.IsAlone(read.Document, decisionId))
            {
                return await TakeBackAsync(changes, read, badge, undo, RaterRules.TakeBack(read.Document, undo, window), attemptToken);
            }

            if (DecisionUndo.IsCoSignature(read.Document, decisionId))
            {
                return await TakeBackAsync(changes, read, badge, undo, DecisionUndo.TakeBack(read.Document, undo, window), attemptToken);
            }

            var undone = DecisionUndo.Undo(read.Document, decisionId, undo, window);
            changes
                .Replace(SubmissionDocuments.Kind, read, undone)
                .Add(ReviewTaskDocuments.Kind, await queue.TaskAsync(undone, badge, attemptToken));
            if (await store.FindAsync(ModerationDocuments.Kind, decisionId, attemptToken) is { Document.State: ModerationState.Waiting } sample)
            {
                // Nobody reads a second time what nobody decided.
                changes.Remove(ModerationDocuments.Kind, sample);
            }

            var award = await CancelAsync(changes, id, decisionId, new(now, actor.Person, DecisionUndo.Reason), attemptToken);
            await record.WriteAsync(changes, undone, badge, undo, decisionId, attemptToken);
            return new Outcome<DecisionResult>(changes, new(undone, read.Version + 1, undo, award), undo.Id);
        },
        async (undoId, replayToken) =>
        {
            var result = await record.ReadAsync(id, undoId, replayToken);
            return result with { Award = (await AwardsAsync(id, replayToken)).FirstOrDefault(award => award.Document.Decision == decisionId)?.Document };
        },
        cancellationToken);

    // One of two ratings or signatures, before the other came: nothing is in the record yet, and the work is in both queues again.
    private async Task<Outcome<DecisionResult>> TakeBackAsync(Changes changes, Read<Submission> read, BadgeDefinition badge, Decision undo, Submission waiting, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ReviewTaskDocuments.Kind, read.Id, cancellationToken) is { } task)
        {
            changes.Replace(ReviewTaskDocuments.Kind, task, await ReviewQueue.AssignAsync(store, task.Document, waiting, badge, undo.DecidedAt, cancellationToken));
        }

        return new(changes.Replace(SubmissionDocuments.Kind, read, waiting), new(waiting, read.Version + 1, undo, null), undo.Id);
    }

    // What is signed already is past undoing, whatever the clocks say.
    private async Task<Award?> CancelAsync(Changes changes, SubmissionId id, string decisionId, StatusMark mark, CancellationToken cancellationToken)
    {
        if ((await AwardsAsync(id, cancellationToken)).FirstOrDefault(award => award.Document.Decision == decisionId && award.Document.IsLive) is not { } live)
        {
            return null;
        }

        return live.Document.State == AwardState.Signing
            ? await awards.EndAsync(live.Document.Id, mark, changes, cancellationToken)
            : throw Refused.Conflict("decision.undo-too-late", "The badge is signed. A correction, with a reason, takes it back.");
    }

    private async Task<IReadOnlyList<Read<Award>>> AwardsAsync(SubmissionId id, CancellationToken cancellationToken) =>
        (await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(id.Value).Take(100), cancellationToken)).Items;
}
