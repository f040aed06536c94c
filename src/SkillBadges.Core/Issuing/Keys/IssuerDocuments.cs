using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Dids;

namespace SkillBadges.Core.Issuing.Keys;

/// <summary>
/// What organizations publish of their keys. Active and retired keys are there for good; a compromised key stays visible with the instant since
/// which it counts for nothing, but signs no assertion any more and is in no JWK set (docs/security.md).
/// </summary>
public sealed class IssuerDocuments(IDocumentStore store, IssuerKeys keys, InstanceAddress address)
{
    /// <summary>The DID document of an organization of this instance.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<DidDocument> DidDocumentAsync(string slug, CancellationToken cancellationToken) =>
        await FindAsync(address.DidOf(slug), cancellationToken) ?? throw Refused.NotFound("organization");

    /// <summary>The same keys as a JWK set; each <c>kid</c> is the DID URL that stands in the header of credentials.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>.</exception>
    public async Task<byte[]> JwksAsync(string slug, CancellationToken cancellationToken) =>
        JwkSet.Write((await DidDocumentAsync(slug, cancellationToken)).ForAssertion);

    /// <summary>The document of a DID of this instance; null for a foreign DID or an organization that is not there.</summary>
    public async Task<DidDocument?> FindAsync(string did, CancellationToken cancellationToken)
    {
        if (address.SlugOf(did) is not { } slug || slug.Length > IndexValue.MaxTextBytes
            || await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(slug), cancellationToken) is not { } organization)
        {
            return null;
        }

        var all = await keys.AllAsync(organization.Document.Id, cancellationToken);
        ImmutableArray<VerificationMethod> methods = [.. all.Select(key => VerificationMethod.For(did, key.Public(), key.CompromisedSince))];
        return new(did, methods, [.. methods.Where(method => method.Revoked is null).Select(method => method.Id)], []);
    }
}
