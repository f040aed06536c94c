using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Keys;

/// <summary>An organization's administrator looks at its keys and changes them.</summary>
public sealed class KeyRotation(IssuerKeys keys, Authority authority, TimeProvider clock)
{
    /// <summary>Every key that the organization ever had, newest first.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<IReadOnlyList<IssuerKey>> ListAsync(Actor actor, OrganizationId organization, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Administrators, cancellationToken);
        return [.. (await keys.AllAsync(organization, cancellationToken)).Reverse()];
    }

    /// <summary>New keys sign from now on; the old ones retire and stay published, so that what they signed stays genuine.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>organization.not-found</c>.</exception>
    public async Task RotateAsync(Actor actor, OrganizationId organization, CancellationToken cancellationToken)
    {
        var admin = await authority.RequireOrStateAsync(actor, organization, Offices.Administrators, cancellationToken);
        await keys.RotateAsync(organization, changes => changes.Require(MembershipDocuments.Kind, admin).Audit(organization, actor, ActKind.KeysChanged, null, clock.Now()), cancellationToken);
    }
}
