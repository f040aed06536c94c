using System.Text.Json;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>Each row takes a badge back for good, as if it were done alone; the trial says what rests on it.</summary>
public sealed class RevocationRows(IDocumentStore store, StatusWorkflow statuses, InstanceAddress address, TimeProvider clock) : IBulkWork
{
    public async Task<RevocationReach?> CheckAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken)
    {
        var award = await RequireAsync(job, row, cancellationToken);
        await statuses.CheckRevocationAsync(actor, award.Id, row.Reason!, cancellationToken);
        return await RevocationReach.OfAsync(store, address, award, clock.Now(), cancellationToken);
    }

    public async Task<string> DoAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken)
    {
        var award = await RequireAsync(job, row, cancellationToken);
        var key = new RequestKey(actor.Person.Value, $"bulk-job/{job.Id}", award.Id.Value, Sha256Digest.Of(JsonSerializer.SerializeToUtf8Bytes(row)));
        await statuses.RevokeAsync(actor, award.Id, row.Reason!, key, cancellationToken);
        return award.Id.Value;
    }

    private async Task<Award> RequireAsync(BulkJob job, BulkRow row, CancellationToken cancellationToken)
    {
        if (row is not { Award: { } id, Reason: not null, Learner: null, Submission: null, Attempt: null, Outcome: null, Comment: null, Note: null, Levels: [] })
        {
            throw Refused.Invalid("bulk-job.row", "This row does not say what it needs to.");
        }

        // A job is about one school; what others awarded is not there for it.
        return await store.FindAsync(AwardDocuments.Kind, id, cancellationToken) is { } read && read.Document.Organization == job.School ? read.Document : throw Refused.NotFound("award");
    }
}
