using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>Each row is a decision on work that waits, as if it were made alone.</summary>
public sealed class DecisionRows(IDocumentStore store, Assignments assignments, DecisionWorkflow decisions, TimeProvider clock) : IBulkWork
{
    public async Task<RevocationReach?> CheckAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken)
    {
        var (id, request) = Of(row);
        var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken);
        var badge = await store.VersionAsync(read.Document.Badge, cancellationToken);
        var assignment = await assignments.RequireAsync(actor, read.Document, badge, cancellationToken);
        var decision = request.Compose(badge, assignment, clock.Now());
        await PlacementScope.RequireAsync(store, badge, decision.Context, decision.Ratings.Select(rating => rating.CompetencyId), cancellationToken);
        if (badge.Review.Raters is null)
        {
            read.Document.Decide(badge, request.Attempt, decision);
        }

        return null;
    }

    public async Task<string> DoAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken)
    {
        var (id, request) = Of(row);

        // The record of the request outlives the job, so that a row that is done again after a crash is answered as before.
        var key = new RequestKey(actor.Person.Value, $"bulk-job/{job.Id}", id.Value, Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(row)));
        return (await decisions.DecideAsync(actor, id, request, null, key, cancellationToken)).Decision.Id;
    }

    private static (SubmissionId Id, DecisionRequest Request) Of(BulkRow row) =>
        row is { Submission: { } submission, Attempt: { } attempt, Outcome: DecisionOutcome.Approved or DecisionOutcome.Returned, Learner: null, Note: null, Levels: [], Award: null, Reason: null }
            ? (SubmissionId.From(submission), new(attempt, row.Outcome.Value, [], row.Comment))
            : throw Refused.Invalid("bulk-job.row", "This row does not say what it needs to.");
}
