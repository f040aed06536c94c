using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Finds people who are here already by how their authority calls them, when they have a role at or below the organization that imports; anybody else's account is none of a roster's business.</summary>
internal sealed class PersonMatching(ImportContext context)
{
    private readonly Dictionary<OrganizationId, bool> within = [];

    /// <returns>By sourcedId.</returns>
    public async Task<IReadOnlyDictionary<string, PersonId>> FindAsync(IEnumerable<(string SourcedId, string? Subject)> users, CancellationToken cancellationToken)
    {
        var matched = new Dictionary<string, PersonId>(StringComparer.Ordinal);
        if (context.Import.Identity is not { } identity)
        {
            return matched;
        }

        foreach (var (sourcedId, subject) in users)
        {
            if (subject is { Length: > 0 and <= 250 }
                && await context.Store.FirstAsync(AccountDocuments.Kind, AccountDocuments.ByExternal.Where(ExternalIdentity.Of(identity.Issuer, subject).Hash), cancellationToken) is { Document: { IsClosed: false } account }
                && !matched.ContainsValue(account.Person) && await IsOursAsync(account.Person, cancellationToken)
                && await context.Store.FirstAsync(RosterDocuments.Users, RosterDocuments.UsersByPerson.Where(account.Person.Value), cancellationToken) is null)
            {
                matched[sourcedId] = account.Person;
            }
        }

        return matched;
    }

    private async Task<bool> IsOursAsync(PersonId person, CancellationToken cancellationToken)
    {
        var memberships = await context.Store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken);
        foreach (var organization in memberships.Documents.Where(one => one.HoldsAt(context.Now)).Select(one => one.Organization).Distinct())
        {
            if (!within.TryGetValue(organization, out var isWithin))
            {
                var found = await context.Store.FindAsync(OrganizationDocuments.Kind, organization.Value, cancellationToken);
                within[organization] = isWithin = found is not null && await OrgMatching.IsWithinAsync(context.Store, found.Document, context.Import.Organization, cancellationToken);
            }

            if (isWithin)
            {
                return true;
            }
        }

        return false;
    }
}
