namespace SkillBadges.Core.Storage;

/// <summary>A lease that this process holds, renewed in the background until it is released or lost.</summary>
public sealed class HeldLease : IAsyncDisposable
{
    private static readonly TimeSpan RenewedEvery = Leases.Duration / 4;

    private readonly IDocumentStore store;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource released = new();
    private readonly Task renewing;
    private Read<LeaseTerm> term;

    internal HeldLease(IDocumentStore store, Read<Lease> lease, Read<LeaseTerm> term, TimeProvider clock)
    {
        this.store = store;
        this.clock = clock;
        this.term = term;
        Lease = lease;
        renewing = Task.Run(RenewAsync);
    }

    /// <summary>Commits that require it fail once somebody else has taken over.</summary>
    public Read<Lease> Lease { get; }

    /// <summary>Cancelled when somebody else may have taken over: whoever works under the lease stops.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>The store for work under this lease: a holder that was asleep while others took over commits nothing more.</summary>
    public IDocumentStore Fence() => new FencedStore(store, Lease);

    /// <summary>Gives it back; nobody takes it before <paramref name="freeFrom"/>.</summary>
    public async Task ReleaseAsync(DateTimeOffset freeFrom)
    {
        await released.CancelAsync();
        await renewing;
        if (lost.IsCancellationRequested)
        {
            return;
        }

        await lost.CancelAsync();
        try
        {
            await ReplaceAsync(freeFrom);
        }
        catch (VersionConflictException)
        {
            // Somebody else has it already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync(clock.Now());
        lost.Dispose();
        released.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!released.IsCancellationRequested)
        {
            await Task.Delay(RenewedEvery, clock, released.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!released.IsCancellationRequested && !await IsRenewedAsync())
            {
                await lost.CancelAsync();
                return;
            }
        }
    }

    // While the store is away the lease lasts as long as it was promised; what is committed later is judged by the fence.
    private async Task<bool> IsRenewedAsync()
    {
        try
        {
            await ReplaceAsync(clock.Now() + Leases.Duration);
            return true;
        }
        catch (VersionConflictException)
        {
            return false;
        }
        catch (RefusedException)
        {
            return clock.Now() < term.Document.Until;
        }
    }

    private async Task ReplaceAsync(DateTimeOffset until)
    {
        var next = term.Document with { Until = until, At = clock.Now() };
        await store.CommitAsync(new Changes().Replace(LeaseDocuments.Terms, term, next).Require(LeaseDocuments.Kind, Lease), CancellationToken.None);
        term = term.Became(next);
    }
}
