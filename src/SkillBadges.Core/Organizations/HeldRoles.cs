using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>What pages ask of somebody's roles: which they hold now, and where. What a commit rests on asks <see cref="Authority"/>.</summary>
public static class HeldRoles
{
    /// <summary>The memberships that hold now.</summary>
    public static async Task<IReadOnlyList<Membership>> RolesHeldAsync(this IDocumentStore store, PersonId person, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken)).Documents.Where(membership => membership.HoldsAt(now))];

    /// <summary>The organizations at which one of these roles is held now.</summary>
    public static async Task<IReadOnlyList<Organization>> PlacesAsync(this IDocumentStore store, PersonId person, IReadOnlyCollection<Role> roles, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = (await store.RolesHeldAsync(person, now, cancellationToken)).Where(membership => roles.Contains(membership.Role));
        string[] ids = [.. held.Select(membership => membership.Organization.Value).Distinct()];
        return [.. (await store.FindManyAsync(OrganizationDocuments.Kind, ids, cancellationToken)).Select(read => read.Document)];
    }
}
