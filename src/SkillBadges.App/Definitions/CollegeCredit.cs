using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <summary>A line of a badge's page: what it counts for today, by itself or with others of a stack.</summary>
/// <param name="Stack">The name of the stack that has to be whole, or null.</param>
internal sealed record CollegeCreditLine(ArticulationTerms Terms, string College, string School, string? Stack);

/// <summary>What a badge counts for at colleges when it is earned today.</summary>
internal static class CollegeCredit
{
    public static async Task<IReadOnlyList<CollegeCreditLine>> OfAsync(IDocumentStore store, ArticulationWorkflow workflow, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var found = new List<(Articulation Articulation, string? Stack)>();
        await AddAsync(ArticulatedKind.Badge, badge.Slug, null);
        foreach (var stack in (await store.CurrentStacksAsync(cancellationToken)).Where(stack => stack.Badges.Any(required => required.Slug == badge.Slug)))
        {
            await AddAsync(ArticulatedKind.Stack, stack.Slug, stack.Name);
        }

        var today = await workflow.TodaysAsync(found.Select(one => one.Articulation), cancellationToken);
        var names = await store.NamesAsync(found.SelectMany(one => new[] { one.Articulation.College, one.Articulation.School }), cancellationToken);
        return
        [
            .. from one in found
               let held = one.Articulation.HoldingOn(today[one.Articulation.College])
               where held is not null
               select new CollegeCreditLine(held.Terms, names[one.Articulation.College], names[one.Articulation.School], one.Stack),
        ];

        async Task AddAsync(ArticulatedKind kind, string slug, string? name)
        {
            var page = await store.WholeAsync(ArticulationDocuments.Kind, ArticulationDocuments.BySubject.Where(kind.ToString(), slug), cancellationToken);
            found.AddRange(page.Documents.Select(articulation => (articulation, name)));
        }
    }
}
