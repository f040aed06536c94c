using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Sharing;

/// <summary>Who belongs to whom, for the pages of families.</summary>
internal static class Families
{
    /// <summary>The children of whom somebody is a guardian now, by name.</summary>
    public static async Task<IReadOnlyList<Person>> ChildrenAsync(this IDocumentStore store, PersonId guardian, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var guarded = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByGuardian.Where(guardian.Value), cancellationToken);
        string[] ids = [.. guarded.Documents.Where(one => one.HoldsAt(now)).Select(one => one.Learner.Value).Distinct()];
        return [.. (await store.FindManyAsync(PersonDocuments.Kind, ids, cancellationToken)).Select(read => read.Document).OrderBy(child => child.DisplayName, StringComparer.Ordinal)];
    }

    /// <summary>The schools at which somebody learned or learns and which keep records, by name.</summary>
    public static async Task<IReadOnlyList<Organization>> SchoolsAsync(this IDocumentStore store, PersonId learner, CancellationToken cancellationToken)
    {
        var roles = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(learner.Value), cancellationToken);
        string[] ids = [.. roles.Documents.Where(role => Offices.Learners.Contains(role.Role)).Select(role => role.Organization.Value).Distinct()];
        return [.. (await store.FindManyAsync(OrganizationDocuments.Kind, ids, cancellationToken)).Select(read => read.Document).Where(school => school.KeepsRecords).OrderBy(school => school.Name, StringComparer.Ordinal)];
    }
}
