namespace SkillBadges.Core.Storage;

/// <summary>
/// Work for later. A message names what changed and its handler reads the state again, so neither order nor repetition
/// matters. <see cref="Topic"/> picks the handler, <see cref="Subject"/> is the id it is about.
/// </summary>
public sealed record OutboxMessage(string Id, string Topic, string Subject, DateTimeOffset NotBefore);

/// <summary>A message that this process may handle until <see cref="LeasedUntil"/>; <see cref="Attempt"/> starts at 1.</summary>
public sealed record LeasedMessage(OutboxMessage Message, int Attempt, string LeaseToken, DateTimeOffset LeasedUntil);

/// <summary>Messages that were written with a commit, handed out at least once.</summary>
public interface IOutbox
{
    /// <summary>
    /// Up to <paramref name="limit"/> due messages of these topics that nobody else holds, those due longest first, then by id.
    /// A message whose holder fell silent is due again from the end of its lease; one of another topic is left as it is, for a
    /// process that knows what to do with it.
    /// </summary>
    Task<IReadOnlyList<LeasedMessage>> LeaseAsync(IReadOnlyCollection<string> topics, int limit, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>The work takes longer: the lease lasts for <paramref name="duration"/> from now on. False when it was lost meanwhile.</summary>
    Task<bool> ExtendAsync(LeasedMessage message, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>The work is done; does nothing when the lease was lost meanwhile.</summary>
    Task CompleteAsync(LeasedMessage message, CancellationToken cancellationToken);

    /// <summary>The work failed; the message is due again at <paramref name="notBefore"/>.</summary>
    Task PostponeAsync(LeasedMessage message, DateTimeOffset notBefore, CancellationToken cancellationToken);

    /// <summary>How many messages wait, counting no further than <paramref name="limit"/>.</summary>
    Task<int> CountAsync(int limit, CancellationToken cancellationToken);
}
