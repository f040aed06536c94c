namespace SkillBadges.Core.Storage;

/// <summary>The store as the holder of a lease uses it: every commit requires that the lease is still the one taken.</summary>
internal sealed class FencedStore(IDocumentStore store, Read<Lease> lease) : StoreInFront(store)
{
    /// <exception cref="LeaseLostException">Somebody else has the lease; nothing was written.</exception>
    public override async Task CommitAsync(Changes changes, CancellationToken cancellationToken)
    {
        if (changes.IsEmpty)
        {
            return;
        }

        try
        {
            await Behind.CommitAsync(changes.Require(LeaseDocuments.Kind, lease), cancellationToken);
        }
        catch (VersionConflictException conflict) when (conflict.KindName == LeaseDocuments.Kind.Name)
        {
            throw new LeaseLostException(lease.Id);
        }
    }
}

/// <summary>The work is somebody else's now. No refusal, since nobody who could mend it is asking.</summary>
public sealed class LeaseLostException(string name) : Exception($"The lease {name} was taken over.");
