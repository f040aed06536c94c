namespace SkillBadges.Core.Storage;

/// <summary>Leases for this process, by documents of the store: the same on one node and on many.</summary>
public sealed class Leases(IDocumentStore store, TimeProvider clock)
{
    /// <summary>How long a holder may fall silent before others take over.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);

    // Clocks of nodes differ by seconds. What was written minutes from now was written by a clock that ran ahead and has been put right: it would keep everybody out until then.
    private static readonly TimeSpan mostSkew = TimeSpan.FromMinutes(1);

    /// <summary>This process, among those that share the store.</summary>
    public string Node { get; } = NewId.Random();

    /// <summary>The lease, held and renewed until it is released; null while somebody else has it or it is not free yet.</summary>
    public async Task<HeldLease?> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        var (now, term) = (clock.Now(), await store.FindAsync(LeaseDocuments.Terms, name, cancellationToken));
        if (term is not null && now < term.Document.Until && !(term.Document.At - now > mostSkew))
        {
            return null;
        }

        var lease = await store.FindAsync(LeaseDocuments.Kind, name, cancellationToken);
        var (mine, until) = (new Lease(name, Node, now), new LeaseTerm(name, now + Duration) { At = now });
        var changes = new Changes();
        _ = lease is null ? changes.Add(LeaseDocuments.Kind, mine) : changes.Replace(LeaseDocuments.Kind, lease, mine);
        _ = term is null ? changes.Add(LeaseDocuments.Terms, until) : changes.Replace(LeaseDocuments.Terms, term, until);
        try
        {
            await store.CommitAsync(changes, cancellationToken);
        }
        catch (RefusedException lost) when (lost is VersionConflictException or NotUniqueException)
        {
            return null;
        }

        return new(store, lease?.Became(mine) ?? new(mine, name, 1), term?.Became(until) ?? new(until, name, 1), clock);
    }
}
