using SkillBadges.App.Jobs;
using SkillBadges.Core;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;

namespace SkillBadges.App.Evidence;

/// <summary>Looks at a file that was received when nobody waited for the answer any more.</summary>
internal sealed class ReceivedHandler(UploadFinish finish) : IOutboxHandler
{
    public string Topic => UploadDocuments.ReceivedTopic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) => finish.FinishAsync(UploadId.From(subject), cancellationToken);
}

/// <summary>Removes bytes that a change has let go, if nothing else refers to them. What is too young is left for the sweep.</summary>
internal sealed class ReleasedHandler(ContentRelease release) : IOutboxHandler
{
    public string Topic => EvidenceUsage.ReleasedTopic;

    public Task HandleAsync(string subject, CancellationToken cancellationToken) =>
        Sha256Digest.TryParse(subject, out var digest) ? release.ReleaseAsync(digest, cancellationToken) : Task.CompletedTask;
}
