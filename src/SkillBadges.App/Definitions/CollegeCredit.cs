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
    private const int MaxLines = 100;

    public static async Task<IReadOnlyList<CollegeCreditLine>> OfAsync(IDocumentStore store, ArticulationWorkflow workflow, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var lines = new List<CollegeCreditLine>();
        await AddAsync(ArticulatedKind.Badge, badge.Slug, null);
        await foreach (var head in store.AllAsync(StackDocuments.Heads, StackDocuments.ByName.Where(), cancellationToken))
        {
            var id = new BadgeVersionId(head.Document.Slug, head.Document.CurrentVersion).ToString();
            if (await store.FindAsync(StackDocuments.Versions, id, cancellationToken) is { } stack && stack.Document.Badges.Any(required => required.Slug == badge.Slug))
            {
                await AddAsync(ArticulatedKind.Stack, stack.Document.Slug, stack.Document.Name);
            }
        }

        return lines;

        async Task AddAsync(ArticulatedKind kind, string slug, string? name)
        {
            var page = await store.QueryAsync(ArticulationDocuments.Kind, ArticulationDocuments.BySubject.Where(kind.ToString(), slug).Take(MaxLines), cancellationToken);
            foreach (var articulation in page.Documents)
            {
                if (articulation.HoldingOn(await workflow.TodayAsync(articulation, cancellationToken)) is { } held)
                {
                    lines.Add(new(held.Terms, await NameAsync(articulation.College), await NameAsync(articulation.School), name));
                }
            }
        }

        async Task<string> NameAsync(OrganizationId id) => (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", cancellationToken)).Document.Name;
    }
}
