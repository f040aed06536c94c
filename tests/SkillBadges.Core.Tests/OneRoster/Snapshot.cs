using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>Everything that an import wrote, as lines; ids of ours are given at random, so people are called by their sourcedIds.</summary>
internal static class Snapshot
{
    public static async Task<IReadOnlyList<string>> OfAsync(RosterSchool school, bool withVersions)
    {
        var lines = new List<string>();
        var users = await school.Store.QueryAsync(RosterDocuments.Users, RosterDocuments.UsersBySource.Where(school.Source).Take(500), CancellationToken.None);
        var names = users.Documents.ToDictionary(user => user.Person, user => user.SourcedId);
        foreach (var user in users.Items)
        {
            var (person, one) = ((await school.Store.FindAsync(PersonDocuments.Kind, user.Document.Person.Value, CancellationToken.None))!, user.Document);
            lines.Add($"{one.SourcedId} {one.Status} {one.Username} {person.Document.DisplayName} {string.Join('|', one.Roles)} {string.Join('|', one.Agents)}{Version(user.Version)}{Version(person.Version)}");
            lines.AddRange((await school.MembershipsAsync(one.Person)).Select(m => $"  {m.Organization} {m.Role} {m.From:O} {m.To:O} {one.Memberships.Any(kept => kept.Membership == m.Id)}"));
            var guarded = await school.Store.QueryAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByLearner.Where(one.Person.Value), CancellationToken.None);
            lines.AddRange(guarded.Documents.Select(g => $"  guardian {names[g.Guardian]} {g.RecordKeeper} {g.From:O} {g.To:O}"));
        }

        foreach (var read in (await school.Store.QueryAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySource.Where(school.Source), CancellationToken.None)).Items)
        {
            var section = (await school.Store.FindAsync(ClassSectionDocuments.Kind, read.Document.Section.Value, CancellationToken.None))!;
            lines.Add($"{read.Document.SourcedId} {read.Document.Status} {string.Join('|', read.Document.Enrollments.Select(e => (e.SourcedId, names[e.Person], e.Role, e.IsPrimary, e.Begin, e.End, e.EndedOn)))}{Version(read.Version)}");
            lines.Add($"  {section.Document.Name} {section.Document.From:O} {section.Document.To:O} {string.Join('|', section.Document.Teachers.Select(t => names[t]))} {string.Join('|', section.Document.Students.Select(s => names[s]))}{Version(section.Version)}");
        }

        var sections = await school.Store.QueryAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByOrganization.Where(school.West.Value), CancellationToken.None);
        lines.Add($"{sections.Items.Count} sections");
        return lines;

        string Version(long version) => withVersions ? $" v{version}" : "";
    }
}
