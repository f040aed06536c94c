using SkillBadges.Core.OneRoster;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>What rosters know of classes, courses, schools and people, each read once.</summary>
internal sealed class RosterNumbers(IDocumentStore store)
{
    private readonly Dictionary<ClassSectionId, (ClassSection? Section, RosterClass? Roster, Course? Course)> classes = [];
    private readonly Dictionary<PersonId, RosterUser?> users = [];
    private readonly Dictionary<string, RosterOrg?> organizations = [];
    private readonly Dictionary<PersonId, string> names = [];

    public async Task<(ClassSection? Section, RosterClass? Roster, Course? Course)> ClassAsync(ClassSectionId id, CancellationToken cancellationToken)
    {
        if (!classes.TryGetValue(id, out var known))
        {
            var section = (await store.FindAsync(ClassSectionDocuments.Kind, id.Value, cancellationToken))?.Document;
            var roster = (await store.FirstAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySection.Where(id.Value), cancellationToken))?.Document;
            var course = roster is null ? null : (await store.FindAsync(RosterDocuments.Courses, RosterKey.IdOf(roster.Source, roster.Course), cancellationToken))?.Document;
            classes[id] = known = (section, roster, course);
        }

        return known;
    }

    /// <summary>What a roster says of a person; null where none does.</summary>
    public async Task<RosterUser?> UserAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (!users.TryGetValue(person, out var known))
        {
            users[person] = known = (await store.FirstAsync(RosterDocuments.Users, RosterDocuments.UsersByPerson.Where(person.Value), cancellationToken))?.Document;
        }

        return known;
    }

    /// <summary>The number of a school, as the roster of one of its people has it.</summary>
    public async Task<string?> SchoolNumberAsync(RosterUser? user, OrganizationId school, CancellationToken cancellationToken)
    {
        foreach (var id in user is null ? [] : user.Roles.Select(role => role.Org).Append(user.PrimaryOrg).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var key = RosterKey.IdOf(user!.Source, id);
            if (!organizations.TryGetValue(key, out var known))
            {
                organizations[key] = known = (await store.FindAsync(RosterDocuments.Orgs, key, cancellationToken))?.Document;
            }

            if (known?.Organization == school)
            {
                return known.Identifier;
            }
        }

        return null;
    }

    public async Task<string> NameAsync(PersonId person, CancellationToken cancellationToken)
    {
        if (!names.TryGetValue(person, out var known))
        {
            names[person] = known = (await store.FindAsync(PersonDocuments.Kind, person.Value, cancellationToken))?.Document.DisplayName ?? "";
        }

        return known;
    }
}
