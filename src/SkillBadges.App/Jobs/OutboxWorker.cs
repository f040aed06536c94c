using System.Collections.Frozen;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>
/// Takes messages off the outbox and gives each to the handler of its topic; what fails comes again, later each time. A lease is short and renewed
/// while the handler works, so that the work of a killed node is another's within seconds.
/// </summary>
internal sealed partial class OutboxWorker(IOutbox outbox, OutboxSignal signal, IEnumerable<IOutboxHandler> handlers, TimeProvider clock, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewedEvery = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestWork = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    private readonly FrozenDictionary<string, IOutboxHandler> byTopic = handlers.ToFrozenDictionary(handler => handler.Topic, StringComparer.Ordinal);

    /// <summary>Handles what is due; returns how many messages there were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var leased = await LeaseAsync(AtOnce, cancellationToken);
        await Task.WhenAll(leased.Select(message => HandleAsync(message, cancellationToken)));
        return leased.Count;
    }

    /// <summary>One second after the first failure, doubling up to ten minutes.</summary>
    internal static TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, Math.Pow(2, Math.Min(attempt, 20) - 1)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underWay = new HashSet<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                underWay.RemoveWhere(work => work.IsCompleted);
                if (underWay.Count > AtOnce / 2)
                {
                    // Some at a time: a message that takes long keeps one place, and leasing costs a commit.
                    await Task.WhenAny(underWay);
                    continue;
                }

                var leased = await LeaseAsync(AtOnce - underWay.Count, stoppingToken);
                underWay.UnionWith(leased.Select(message => HandleAsync(message, stoppingToken)));
                if (leased.Count == 0)
                {
                    await signal.WaitAsync(Look, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                LogStoreFailure(e.GetType().FullName ?? "", e.StackTrace ?? "");
                await signal.WaitAsync(Look, CancellationToken.None);
            }
        }

        await Task.WhenAll(underWay);
    }

    // Topics of a newer build's messages are not asked for: they wait for a node that runs it.
    private Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, CancellationToken cancellationToken) => outbox.LeaseAsync(byTopic.Keys, limit, Lease, cancellationToken);

    private async Task HandleAsync(LeasedMessage leased, CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(leased, stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The message is due again when its lease ends.
            LogStoreFailure(e.GetType().FullName ?? "", e.StackTrace ?? "");
        }
        catch (OperationCanceledException)
        {
            // The process stops; the same.
        }
    }

    private async Task WorkAsync(LeasedMessage leased, CancellationToken stoppingToken)
    {
        var (id, topic, subject, _) = leased.Message;
        using var untilLost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        untilLost.CancelAfter(LongestWork);
        var begun = clock.GetTimestamp();
        JobMeters.Waited(topic, clock.GetUtcNow() - leased.Message.NotBefore);
        using var activity = JobMeters.BeginMessage(topic);
        try
        {
            var work = byTopic[topic].HandleAsync(subject, untilLost.Token);
            await RenewUntilDoneAsync(leased, work, untilLost);
            await work;
            await outbox.CompleteAsync(leased, stoppingToken);
            JobMeters.Handled(topic, isDone: true, clock.GetElapsedTime(begun));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            JobMeters.Handled(topic, isDone: false, clock.GetElapsedTime(begun));
            LogHandlerFailure(topic, id, leased.Attempt, e.GetType().FullName ?? "", (e as Core.RefusedException)?.Code, e.StackTrace ?? "");
            await outbox.PostponeAsync(leased, clock.Now() + DelayAfter(leased.Attempt), stoppingToken);
        }
    }

    private async Task RenewUntilDoneAsync(LeasedMessage leased, Task work, CancellationTokenSource untilLost)
    {
        using var untilDone = new CancellationTokenSource();
        var held = leased.LeasedUntil;
        while (await Task.WhenAny(work, Task.Delay(RenewedEvery, clock, untilDone.Token)) != work)
        {
            var renewed = await TryRenewAsync(leased);
            held = renewed is true ? clock.Now() + Lease : held;
            if (renewed is false || clock.Now() >= held)
            {
                await untilLost.CancelAsync();
                return;
            }
        }

        await untilDone.CancelAsync();
    }

    // Null while the store is away: the lease lasts as long as it was promised.
    private async Task<bool?> TryRenewAsync(LeasedMessage leased)
    {
        try
        {
            return await outbox.ExtendAsync(leased, Lease, CancellationToken.None);
        }
        catch (Core.RefusedException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The outbox cannot be read: {Type}: {StackTrace}")]
    private partial void LogStoreFailure(string type, string stackTrace);

    [LoggerMessage(3, LogLevel.Warning, "Topic {Topic}, message {Id}, attempt {Attempt} failed with {Type} {Code}: {StackTrace}")]
    private partial void LogHandlerFailure(string topic, string id, int attempt, string type, string? code, string stackTrace);
}
