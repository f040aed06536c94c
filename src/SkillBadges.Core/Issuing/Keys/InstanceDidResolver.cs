using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.Dids;

namespace SkillBadges.Core.Issuing.Keys;

/// <summary>DIDs under our own address are read from the store, all others by whoever else can.</summary>
public sealed class InstanceDidResolver(IssuerDocuments documents, InstanceAddress address, IDidResolver others) : IDidResolver
{
    public async ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken)
    {
        if (!did.StartsWith($"{address.DidPrefix}:", StringComparison.Ordinal))
        {
            return await others.ResolveAsync(did, cancellationToken);
        }

        return await documents.FindAsync(did, cancellationToken) is { } document
            ? DidResolution.Resolved(document)
            : DidResolution.Failed(DidResolutionStatus.NotFound);
    }
}
