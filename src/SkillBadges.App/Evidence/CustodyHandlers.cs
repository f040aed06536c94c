using SkillBadges.App.Jobs;
using SkillBadges.Core;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Storage;

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

/// <summary>Has the scanner look at bytes. While it is down the message comes again and the bytes wait.</summary>
internal sealed partial class ScanHandler(Clamd clamd, ContentScans scans, IFileStore files, ILogger<ScanHandler> log) : IOutboxHandler
{
    public string Topic => ContentScanDocuments.WaitingTopic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        if (!Sha256Digest.TryParse(subject, out var digest))
        {
            return;
        }

        if (!clamd.IsThere)
        {
            // The setting was taken away; should it come back, the bytes are scanned when somebody asks for them.
            await scans.ForgetAsync(digest, cancellationToken);
            return;
        }

        await using var bytes = await files.OpenAsync(digest, cancellationToken);
        if (bytes is null)
        {
            return;
        }

        await using var verified = new VerifyingStream(bytes, digest);
        if (await clamd.FindingAsync(verified, cancellationToken) is not { } finding)
        {
            await scans.PassAsync(digest, cancellationToken);
            return;
        }

        await scans.ConvictAsync(digest, finding, cancellationToken);
        await files.EraseAsync(digest, DateTimeOffset.MaxValue, cancellationToken);
        LogInfected(digest.Hex, finding);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner found {Finding} in {Digest}; the bytes were removed.")]
    private partial void LogInfected(string digest, string finding);
}
