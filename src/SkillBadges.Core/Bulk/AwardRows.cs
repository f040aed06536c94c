using SkillBadges.Core.Organizations;
using SkillBadges.Core.Review;

namespace SkillBadges.Core.Bulk;

/// <summary>Each row is a learner whose badge the job's author saw whole.</summary>
public sealed class AwardRows(WholeBadgeWorkflow badges) : IBulkWork
{
    public async Task<RevocationReach?> CheckAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken)
    {
        await badges.CheckAsync(actor, Of(job, row), cancellationToken);
        return null;
    }

    public async Task<string> DoAsync(BulkJob job, Actor actor, BulkRow row, CancellationToken cancellationToken) =>
        (await badges.AttestAsync(actor, Of(job, row), $"bulk-job/{job.Id}", cancellationToken)).Id.Value;

    private static WholeBadge Of(BulkJob job, BulkRow row) => row is { Learner: { } learner, Submission: null, Attempt: null, Outcome: null, Comment: null, Award: null, Reason: null }
        ? new(job.School, job.Badge!, PersonId.From(learner), row.Levels, row.Note)
        : throw Refused.Invalid("bulk-job.row", "This row does not say what it needs to.");
}
