using System.Collections.Concurrent;
using SkillBadges.App.Jobs;
using SkillBadges.Core;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>
/// Has the scanner look at bytes. While it is down the message comes again and the bytes wait. A large film takes the scanner longer than a message may: the scan goes on in this process, other messages do not wait for it,
/// and the handler sends itself another message, which is also what begins anew after the process was killed.
/// </summary>
internal sealed partial class ScanHandler(Clamd clamd, ContentScans scans, IFileStore files, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<ScanHandler> log) : IOutboxHandler, IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Sha256Digest, Lazy<Task>> scanning = new();
    private readonly SemaphoreSlim places = new(AtOnce);

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

        var scan = scanning.GetOrAdd(digest, one => new(() => Task.Run(() => ScanAsync(one, lifetime.ApplicationStopping), CancellationToken.None))).Value;
        if (await Task.WhenAny(scan, Task.Delay(Look, cancellationToken)) == scan)
        {
            scanning.TryRemove(digest, out _);
            await scan;
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var now = clock.Now();
        await store.CommitAsync(new Changes().Send(new(NewId.Ordered(now), Topic, subject, now + Pause)), cancellationToken);
    }

    public void Dispose() => places.Dispose();

    private async Task ScanAsync(Sha256Digest digest, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            await using var bytes = await files.OpenAsync(digest, cancellationToken);
            if (bytes is null || await scans.StateAsync(digest, cancellationToken) is { State: not ScanState.Waiting })
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
        finally
        {
            places.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The scanner found {Finding} in {Digest}; the bytes were removed.")]
    private partial void LogInfected(string digest, string finding);
}
