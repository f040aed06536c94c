using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>Wakes the outbox worker as soon as this process has written a message; other processes' messages wait for its next look.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim waiting = new(0, 1);

    public void Raise()
    {
        try
        {
            waiting.Release();
        }
        catch (SemaphoreFullException)
        {
            // It will look anyway.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => waiting.WaitAsync(atMost, cancellationToken);

    public void Dispose() => waiting.Dispose();
}

/// <summary>The store, telling the signal about messages.</summary>
internal sealed class SignalingStore(IDocumentStore store, OutboxSignal signal) : StoreInFront(store)
{
    public override async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        await Behind.CommitAsync(changes, cancellationToken);
        if (changes.Messages.Count > 0)
        {
            signal.Raise();
        }
    }
}
