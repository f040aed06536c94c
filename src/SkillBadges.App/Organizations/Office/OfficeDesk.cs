using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Organizations.Office;

/// <summary>An organization whose books somebody keeps, and how much of that is theirs.</summary>
/// <param name="Administers">Else they are its registrar, who enrolls students and families.</param>
/// <param name="IsState">They run the whole instance.</param>
/// <param name="IsOwn">They work in this very office; the state office opens others, whose students' records are not its matter.</param>
internal sealed record OfficeDesk(Actor Me, Organization Organization, bool Administers, bool IsState, bool IsOwn)
{
    public OrganizationId Id => Organization.Id;

    /// <summary>Roles that this organization has and that they may give and end.</summary>
    public IReadOnlyList<Role> Gives => [.. Enum.GetValues<Role>().Where(role => Organization.Fits(role) && MayGive(role))];

    /// <summary>Roles that people of this organization may have.</summary>
    public IReadOnlyList<Role> Has => [.. Enum.GetValues<Role>().Where(Organization.Fits)];

    public bool MayGive(Role role) => role == Role.StateAdmin ? IsState : Administers || Offices.Enrolled.Contains(role);
}

/// <summary>Opens the desks of who asks.</summary>
internal sealed class OfficeDesks(IDocumentStore store, Authority authority, TimeProvider clock)
{
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>.</exception>
    public async Task<OfficeDesk> OpenAsync(Actor me, string id, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, id, "organization", cancellationToken)).Document;
        var office = await authority.RequireOrStateAsync(me, organization.Id, Offices.Registry, cancellationToken);
        var isState = await authority.FindStateAdminAsync(me, cancellationToken) is not null;
        var isOwn = await authority.FindAsync(me, organization.Id, Offices.Registry, cancellationToken) is not null;
        return new(me, organization, isState || await authority.FindAsync(me, office.Document.Organization, Offices.Administrators, cancellationToken) is not null, isState, isOwn);
    }

    /// <summary>As <see cref="OpenAsync"/>, for what stands in the records of somebody who is or was here; those are no matter of the state office.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>person.not-found</c>.</exception>
    public async Task<(OfficeDesk Desk, Person Person)> OpenForAsync(Actor me, string id, string who, CancellationToken cancellationToken)
    {
        var desk = await OpenAsync(me, id, cancellationToken);
        await authority.RequireAsync(me, desk.Id, Offices.Registry, cancellationToken);
        return await store.FirstAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(who, id), cancellationToken) is not null
            ? (desk, (await store.GetAsync(PersonDocuments.Kind, who, "person", cancellationToken)).Document)
            : throw Refused.NotFound("person");
    }

    /// <summary>As <see cref="OpenAsync"/>, for what only administrators see.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>.</exception>
    public async Task<OfficeDesk> OpenAsAdministratorAsync(Actor me, string id, CancellationToken cancellationToken)
    {
        var desk = await OpenAsync(me, id, cancellationToken);
        await authority.RequireOrStateAsync(me, desk.Id, Offices.Administrators, cancellationToken);
        return desk;
    }

    /// <summary>The organizations in whose office they work, by name; the state office works in all of them, which are not listed here.</summary>
    public async Task<IReadOnlyList<Organization>> OfAsync(Actor me, CancellationToken cancellationToken)
    {
        var offices = await store.PlacesAsync(me.Person, [.. Offices.Registry, Role.StateAdmin], clock.Now(), cancellationToken);
        return [.. offices.OrderBy(one => SearchText.Of(one.Name), StringComparer.Ordinal)];
    }
}
