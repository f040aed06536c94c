using System.Collections.Frozen;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>Takes messages off the outbox and gives each to the handler of its topic; what fails comes again, later each time.</summary>
internal sealed partial class OutboxWorker(IOutbox outbox, OutboxSignal signal, IEnumerable<IOutboxHandler> handlers, TimeProvider clock, ILogger<OutboxWorker> log) : BackgroundService
{
    private const int AtOnce = 16;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    private readonly FrozenDictionary<string, IOutboxHandler> byTopic = handlers.ToFrozenDictionary(handler => handler.Topic, StringComparer.Ordinal);

    /// <summary>Handles what is due; returns how many messages there were.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var leased = await outbox.LeaseAsync(AtOnce, Lease, cancellationToken);
        await Task.WhenAll(leased.Select(message => HandleAsync(message, cancellationToken)));
        return leased.Count;
    }

    /// <summary>One second after the first failure, doubling up to ten minutes.</summary>
    internal static TimeSpan DelayAfter(int attempt) => TimeSpan.FromSeconds(Math.Min(LongestDelay.TotalSeconds, Math.Pow(2, Math.Min(attempt, 20) - 1)));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(stoppingToken) == 0)
                {
                    await signal.WaitAsync(Look, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogStoreFailure(e.GetType().FullName ?? "", e.StackTrace ?? "");
                await signal.WaitAsync(Look, CancellationToken.None);
            }
        }
    }

    private async Task HandleAsync(LeasedMessage leased, CancellationToken cancellationToken)
    {
        var (id, topic, subject, _) = leased.Message;
        if (!byTopic.TryGetValue(topic, out var handler))
        {
            // Written by a newer build, perhaps: it waits for one that knows what to do.
            LogNoHandler(topic, id);
            await outbox.PostponeAsync(leased, clock.Now() + LongestDelay, cancellationToken);
            return;
        }

        try
        {
            using var untilLost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            untilLost.CancelAfter(Lease);
            await handler.HandleAsync(subject, untilLost.Token);
            await outbox.CompleteAsync(leased, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogHandlerFailure(topic, id, leased.Attempt, e.GetType().FullName ?? "", (e as Core.RefusedException)?.Code, e.StackTrace ?? "");
            await outbox.PostponeAsync(leased, clock.Now() + DelayAfter(leased.Attempt), cancellationToken);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The outbox cannot be read: {Type}: {StackTrace}")]
    private partial void LogStoreFailure(string type, string stackTrace);

    [LoggerMessage(2, LogLevel.Error, "No handler for topic {Topic}; message {Id} waits")]
    private partial void LogNoHandler(string topic, string id);

    [LoggerMessage(3, LogLevel.Warning, "Topic {Topic}, message {Id}, attempt {Attempt} failed with {Type} {Code}: {StackTrace}")]
    private partial void LogHandlerFailure(string topic, string id, int attempt, string type, string? code, string stackTrace);
}
