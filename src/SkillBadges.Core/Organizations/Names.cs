using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>Names of people and organizations, for those who may see them; views keep ids alone. Who is not there has no entry.</summary>
public static class Names
{
    public static async Task<IReadOnlyDictionary<PersonId, string>> NamesAsync(this IDocumentStore store, IEnumerable<PersonId> people, CancellationToken cancellationToken) =>
        (await store.FindAllAsync(PersonDocuments.Kind, people.Select(person => person.Value), cancellationToken)).ToDictionary(person => person.Id, person => person.DisplayName);

    public static async Task<IReadOnlyDictionary<OrganizationId, string>> NamesAsync(this IDocumentStore store, IEnumerable<OrganizationId> organizations, CancellationToken cancellationToken) =>
        (await store.FindAllAsync(OrganizationDocuments.Kind, organizations.Select(organization => organization.Value), cancellationToken)).ToDictionary(organization => organization.Id, organization => organization.Name);
}
