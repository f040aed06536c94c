using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>Somebody of an organization and what they do there now.</summary>
public sealed record FoundPerson(Person Person, ImmutableArray<Membership> Roles);

/// <param name="People">By name.</param>
/// <param name="IsPart">There are more people than were looked through, or more of them match than are shown.</param>
public sealed record FoundPeople(IReadOnlyList<FoundPerson> People, bool IsPart);

/// <summary>Finds people of an organization by what their names begin with. Names are in no index: they are looked through, up to so many of each role.</summary>
public sealed class PeopleSearch(IDocumentStore store, Authority authority, TimeProvider clock)
{
    public const int MostLookedThrough = 5000;
    public const int MostFound = 100;

    /// <param name="actor">Keeps the organization's books.</param>
    /// <param name="words">Each has to begin a word of the name, in any order.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<FoundPeople> FindAsync(Actor actor, OrganizationId organization, string words, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, organization, Offices.Registry, cancellationToken);
        var asked = Words(words);
        var (memberships, isPart) = await HoldingAsync(organization, Enum.GetValues<Role>(), cancellationToken);
        var roles = memberships.ToLookup(membership => membership.Person.Value);
        var people = await store.FindAllAsync(PersonDocuments.Kind, roles.Select(person => person.Key), cancellationToken);
        var found = people.Where(person => Matches(asked, Words(person.DisplayName))).OrderBy(person => SearchText.Of(person.DisplayName), StringComparer.Ordinal).ToList();
        return new([.. found.Take(MostFound).Select(person => new FoundPerson(person, [.. roles[person.Id.Value]]))], isPart || found.Count > MostFound);
    }

    /// <summary>Names, as they are searched, and roles of those who have one of the roles now.</summary>
    internal async Task<HashSet<(string Name, Role Role)>> NamesAsync(OrganizationId organization, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken)
    {
        var (memberships, _) = await HoldingAsync(organization, roles, cancellationToken);
        var people = (await store.FindAllAsync(PersonDocuments.Kind, memberships.Select(membership => membership.Person.Value), cancellationToken)).ToDictionary(person => person.Id, person => SearchText.Of(person.DisplayName));
        return [.. memberships.Where(membership => people.ContainsKey(membership.Person)).Select(membership => (people[membership.Person], membership.Role))];
    }

    private async Task<(List<Membership> Memberships, bool IsPart)> HoldingAsync(OrganizationId organization, IReadOnlyCollection<Role> roles, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var (memberships, isPart) = (new List<Membership>(), false);
        foreach (var role in roles)
        {
            var page = await store.QueryAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(organization.Value, role.ToString()).Take(MostLookedThrough), cancellationToken);
            memberships.AddRange(page.Documents.Where(membership => membership.HoldsAt(now)));
            isPart |= page.Next is not null;
        }

        return (memberships, isPart);
    }

    /// <summary>Who has the role now.</summary>
    public async Task<IReadOnlyList<Person>> HoldersAsync(OrganizationId organization, Role role, CancellationToken cancellationToken)
    {
        var (memberships, _) = await HoldingAsync(organization, [role], cancellationToken);
        return [.. (await store.FindAllAsync(PersonDocuments.Kind, memberships.Select(membership => membership.Person.Value), cancellationToken)).OrderBy(person => SearchText.Of(person.DisplayName), StringComparer.Ordinal)];
    }

    /// <summary>Those of exactly this name, its words in any order; where there is none, those whose names begin like it.</summary>
    internal static IReadOnlyList<Person> Named(IReadOnlyList<Person> people, string name)
    {
        var asked = Words(name);
        var exact = people.Where(person => asked.Order(StringComparer.Ordinal).SequenceEqual(Words(person.DisplayName).Order(StringComparer.Ordinal))).ToList();
        return exact.Count > 0 ? exact : [.. people.Where(person => Matches(asked, Words(person.DisplayName))).Take(MostFound)];
    }

    private static bool Matches(string[] asked, string[] name) => asked.Length > 0 && asked.All(word => name.Any(part => part.StartsWith(word, StringComparison.Ordinal)));

    private static string[] Words(string text) => SearchText.Of(text).Split([' ', '-', '\'', '\u2019', '.', ','], StringSplitOptions.RemoveEmptyEntries);
}
