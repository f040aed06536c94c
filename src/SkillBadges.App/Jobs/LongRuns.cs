using System.Collections.Concurrent;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>
/// Does work that takes longer than a message may, one node at a time by a lease: the handler looks whether the work is done and else sends itself another message, which is also what goes on
/// after the process was killed.
/// </summary>
internal abstract class LongRuns(string topic, Leases leases, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock) : IOutboxHandler
{
    // Short work ends with its first message; a message of long work keeps its place in the queue from others for no longer than this.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> runs = new(StringComparer.Ordinal);

    public string Topic => topic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var own = new Lazy<Task<bool>>(() => Task.Run(() => TryRunAsync(subject, lifetime.ApplicationStopping), CancellationToken.None));
        var run = runs.GetOrAdd(subject, own);
        if (await Task.WhenAny(run.Value, Task.Delay(Look, clock, cancellationToken)) == run.Value)
        {
            runs.TryRemove(KeyValuePair.Create(subject, run));

            // A run that began before this message may have read too early what the message tells of.
            if (await run.Value && run == own)
            {
                return;
            }
        }

        // Not done, or another node is at it: whether that one lives is asked again with the next message.
        cancellationToken.ThrowIfCancellationRequested();
        var at = clock.Now() + Pause;
        await store.CommitAsync(new Changes().Send(new(Core.NewId.Ordered(at), topic, subject, at)), cancellationToken);
    }

    /// <summary>Does what is left to do; what it commits through <see cref="HeldLease.Fence"/> holds only while the lease does.</summary>
    protected abstract Task RunAsync(string id, HeldLease held, CancellationToken cancellationToken);

    private async Task<bool> TryRunAsync(string id, CancellationToken cancellationToken)
    {
        if (await leases.TryTakeAsync($"{topic}:{id}", cancellationToken) is not { } held)
        {
            return false;
        }

        await using (held)
        {
            using var untilLost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
            var (isDone, begun) = (false, clock.GetTimestamp());
            using var activity = JobMeters.BeginRun(topic);
            try
            {
                await RunAsync(id, held, untilLost.Token);
                return isDone = true;
            }
            finally
            {
                JobMeters.Ran(topic, isDone, clock.GetElapsedTime(begun));
            }
        }
    }
}
