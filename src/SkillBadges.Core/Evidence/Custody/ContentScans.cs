using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>Keeps bytes from everybody until the scanner has found them clean. Without a scanner nothing waits; what was once found infected stays shut out.</summary>
public sealed class ContentScans(Commits commits, EvidenceUsage usage, EvidenceLimits limits, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Has these bytes scanned, in the commit that refers to them for the first time.</summary>
    /// <exception cref="RefusedException"><c>evidence.infected</c>.</exception>
    public async Task BeginAsync(Changes changes, Sha256Digest digest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch ((await store.FindAsync(ContentScanDocuments.Kind, digest.Hex, cancellationToken))?.Document)
        {
            case { State: ScanState.Infected } scan:
                throw Infected(scan);
            case null when limits.IsScanned:
                changes.Add(ContentScanDocuments.Kind, new(digest.Hex, ScanState.Waiting, now)).Send(new(NewId.Ordered(now), ContentScanDocuments.WaitingTopic, digest.Hex, now));
                break;
        }
    }

    /// <summary>Whether the bytes may be read and turned in. Bytes from before there was a scanner are scanned when somebody first asks.</summary>
    /// <exception cref="RefusedException"><c>evidence.waiting-for-scan</c>, <c>evidence.infected</c>.</exception>
    public async Task RequireCleanAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        switch (await StateAsync(digest, cancellationToken))
        {
            case { State: ScanState.Infected } scan:
                throw Infected(scan);
            case { State: ScanState.Waiting }:
                throw Refused.Unavailable("evidence.waiting-for-scan", "This file is being checked for harmful content. Please try again in a few minutes.");
        }
    }

    /// <summary>What is known of the bytes; null when nothing needs to be.</summary>
    public async Task<ContentScan?> StateAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        var scan = (await store.FindAsync(ContentScanDocuments.Kind, digest.Hex, cancellationToken))?.Document;
        if (scan is not null || !limits.IsScanned)
        {
            return scan is { State: ScanState.Waiting } && !limits.IsScanned ? null : scan;
        }

        var now = clock.Now();
        var changes = new Changes();
        await BeginAsync(changes, digest, now, cancellationToken);
        try
        {
            await store.CommitAsync(changes, cancellationToken);
        }
        catch (NotUniqueException)
        {
            // Somebody else asked at the same moment.
        }

        return new(digest.Hex, ScanState.Waiting, now);
    }

    /// <summary>The bytes are clean.</summary>
    public Task PassAsync(Sha256Digest digest, CancellationToken cancellationToken) => DecideAsync(digest, ScanState.Clean, null, cancellationToken);

    /// <summary>The bytes are infected: they leave every draft. Work that was turned in before there was a scanner keeps their digest.</summary>
    public async Task ConvictAsync(Sha256Digest digest, string finding, CancellationToken cancellationToken)
    {
        await DecideAsync(digest, ScanState.Infected, DisplayText.Optional(new string([.. finding.Where(c => c is > ' ' and <= '~').Take(ContentScan.MaxFindingLength)]), ContentScan.MaxFindingLength, "evidence.infected") ?? "unnamed", cancellationToken);
        await foreach (var found in store.AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.ByContent.Where(digest.Hex), cancellationToken))
        {
            await usage.AloneAsync(found.Document.Organization, () => commits.RunAsync(
                async attemptToken =>
                {
                    var (changes, now) = (new Changes(), clock.Now());
                    if (await store.FindAsync(SubmissionDocuments.Kind, found.Id, attemptToken) is { } read && read.Document.WithoutContent(digest, now) is var without && without != read.Document)
                    {
                        changes.Replace(SubmissionDocuments.Kind, read, without);
                        await usage.SettleAsync(changes, read.Document, without, now, attemptToken);
                    }

                    return new Outcome<bool>(changes, true, found.Id);
                },
                cancellationToken), cancellationToken);
        }
    }

    /// <summary>There is no scanner any more: nothing waits for it.</summary>
    public async Task ForgetAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ContentScanDocuments.Kind, digest.Hex, cancellationToken) is { Document.State: ScanState.Waiting } waiting)
        {
            await store.CommitAsync(new Changes().Remove(ContentScanDocuments.Kind, waiting), cancellationToken);
        }
    }

    private Task<bool> DecideAsync(Sha256Digest digest, ScanState state, string? finding, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            var read = await store.FindAsync(ContentScanDocuments.Kind, digest.Hex, attemptToken);
            var decided = new ContentScan(digest.Hex, state, now, finding);
            _ = read is null ? changes.Add(ContentScanDocuments.Kind, decided) : changes.Replace(ContentScanDocuments.Kind, read, decided);
            return new Outcome<bool>(changes, true, digest.Hex);
        },
        cancellationToken);

    private static RefusedException Infected(ContentScan scan) => Refused.Gone("evidence.infected", $"The scanner found something harmful in this file ({scan.Finding}), so it was removed.");
}
