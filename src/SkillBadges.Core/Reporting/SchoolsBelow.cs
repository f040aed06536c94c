using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting;

/// <summary>Whose records an organization reports.</summary>
internal static class SchoolsBelow
{
    private const int MaxDepth = 4;

    /// <exception cref="RefusedException"><c>state-file.not-here</c>.</exception>
    public static Organization RequireReports(this Organization organization) => organization.KeepsRecords || organization.Kind == OrganizationKind.District
        ? organization
        : throw Refused.Invalid("state-file.not-here", "Schools and districts report to the state; the records are theirs.");

    /// <summary>The organization and all below it that keep records, in the order of their ids.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>state-file.not-here</c>.</exception>
    public static async Task<ImmutableArray<Organization>> OfAsync(IDocumentStore store, OrganizationId organization, CancellationToken cancellationToken)
    {
        var top = (await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken)).Document.RequireReports();
        return [.. (await TreeAsync(store, top, cancellationToken)).Where(one => one.KeepsRecords).OrderBy(one => one.Id.Value, StringComparer.Ordinal)];
    }

    /// <summary>The organization and all below it, each after the one that it is below, those of one by name.</summary>
    public static async Task<ImmutableArray<Organization>> TreeAsync(IDocumentStore store, Organization top, CancellationToken cancellationToken)
    {
        var found = new List<Organization> { top };
        for (var (depth, above) = (0, found.ToArray()); depth < MaxDepth && above.Length > 0; depth++)
        {
            var below = new List<Organization>();
            foreach (var parent in above)
            {
                await foreach (var child in store.AllAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByParent.Where(parent.Id.Value), cancellationToken))
                {
                    below.Add(child.Document);
                }
            }

            found.AddRange(below);
            above = [.. below];
        }

        return [.. found];
    }
}
