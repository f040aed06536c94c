using System.Diagnostics.Metrics;
using SkillBadges.App.Jobs;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Telemetry;

/// <summary>Tells, every fifteen seconds and only while somebody listens, how much waits to be done.</summary>
internal sealed partial class QueueLevels(IOutbox outbox, IDocumentStore store, TimeProvider clock, ILogger<QueueLevels> log) : Rounds(every, clock)
{
    private const int MostCounted = 10_000;
    private static readonly TimeSpan every = TimeSpan.FromSeconds(15);

    private static readonly Gauge<long> messages = Signals.Level("skillbadges.outbox.waiting", "{message}", $"Messages in the outbox, counted to {MostCounted}.");

    private static readonly Gauge<long> unsigned = Signals.Level("skillbadges.intents.open", "{intent}", $"Badges that were decided and are not signed yet, those that may still be undone among them, counted to {MostCounted}.");

    /// <summary>Counts once.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (messages.Enabled)
        {
            messages.Record(await outbox.CountAsync(MostCounted, cancellationToken));
        }

        if (unsigned.Enabled)
        {
            unsigned.Record(await store.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), MostCounted, cancellationToken));
        }
    }

    protected override Task RoundAsync(CancellationToken cancellationToken) => TellAsync(cancellationToken);

    protected override void LogFailed(Exception cause) => LogNotCounted(cause.GetType().FullName ?? "");

    [LoggerMessage(1, LogLevel.Warning, "What waits could not be counted: {Type}")]
    private partial void LogNotCounted(string type);
}
