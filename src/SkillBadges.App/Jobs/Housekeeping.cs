using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>Removes, every ten minutes, documents that say when they expire.</summary>
internal sealed partial class Housekeeping(IDocumentStore store, IEnumerable<ExpiringDocuments> expiring, Leases leases, TimeProvider clock, ILogger<Housekeeping> log)
    : ElectedSweep("housekeeping", TimeSpan.FromMinutes(10), leases, clock, log)
{
    private readonly TimeProvider clock = clock;

    /// <summary>Removes what has expired; returns how much.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var documents in expiring)
        {
            removed += await documents.RemoveAsync(store, clock.Now(), cancellationToken);
        }

        return removed;
    }

    protected override async Task SweepAsync(CancellationToken cancellationToken) => LogRemoved(await RunOnceAsync(cancellationToken));

    [LoggerMessage(2, LogLevel.Information, "Housekeeping removed {Count} expired documents")]
    private partial void LogRemoved(int count);
}

/// <summary>A kind whose documents go when their time has come: <c>new ExpiringDocuments&lt;RequestRecord&gt;(RequestDocuments.Kind, RequestDocuments.ByExpiry)</c>.</summary>
internal abstract class ExpiringDocuments
{
    public abstract Task<int> RemoveAsync(IDocumentStore store, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <param name="kind">The kind.</param>
/// <param name="byExpiry">A path with no other column than an instant, as its order: that of expiry, or that from which <see cref="KeptFor"/> counts.</param>
internal sealed class ExpiringDocuments<T>(DocumentKind<T> kind, AccessPath<T> byExpiry) : ExpiringDocuments
    where T : class
{
    private const int Batch = 200;

    /// <summary>Looks in a row at which somebody renewed or removed one of a batch meanwhile, before the rest waits for the next round.</summary>
    private const int MaxLost = 5;

    public TimeSpan KeptFor { get; init; }

    public override async Task<int> RemoveAsync(IDocumentStore store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        for (int removed = 0, lost = 0; ;)
        {
            var page = await store.QueryAsync(kind, byExpiry.Where().To(now - KeptFor).Take(Batch), cancellationToken);
            if (page.Items.Count == 0)
            {
                return removed;
            }

            var changes = new Changes();
            foreach (var expired in page.Items)
            {
                changes.Remove(kind, expired);
            }

            try
            {
                await store.CommitAsync(changes, cancellationToken);
                removed += page.Items.Count;
                lost = 0;
            }
            catch (VersionConflictException) when (++lost < MaxLost)
            {
                // Somebody renewed or removed one of them: look again.
            }
            catch (VersionConflictException)
            {
                return removed;
            }
        }
    }
}
