using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>The outbox with a point after messages were taken, and around the word that one is done.</summary>
internal sealed class FaultyOutbox(IOutbox outbox, FaultPlan plan) : IOutbox
{
    public async Task<IReadOnlyList<LeasedMessage>> LeaseAsync(IReadOnlyCollection<string> topics, int limit, TimeSpan duration, CancellationToken cancellationToken)
    {
        var leased = await outbox.LeaseAsync(topics, limit, duration, cancellationToken);
        if (leased.Count > 0)
        {
            plan.Reach("take-message.after");
        }

        return leased;
    }

    public Task<bool> ExtendAsync(LeasedMessage message, TimeSpan duration, CancellationToken cancellationToken) => outbox.ExtendAsync(message, duration, cancellationToken);

    public async Task CompleteAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        plan.Reach("complete-message.before");
        await outbox.CompleteAsync(message, cancellationToken);
        plan.Reach("complete-message.after");
    }

    public Task PostponeAsync(LeasedMessage message, DateTimeOffset notBefore, CancellationToken cancellationToken) => outbox.PostponeAsync(message, notBefore, cancellationToken);

    public Task<int> CountAsync(int limit, CancellationToken cancellationToken) => outbox.CountAsync(limit, cancellationToken);
}
