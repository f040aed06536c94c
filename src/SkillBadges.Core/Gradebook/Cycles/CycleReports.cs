using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Cycles;

/// <summary>What a cycle says: a dashboard by class and badge, each class, and what is different from another look.</summary>
public sealed class CycleReports(IDocumentStore store, CycleWorkflow cycles, ClassAccess access, TimeProvider clock)
{
    /// <summary>The classes of the cycle with their numbers, a page of the school's classes at a time; of a frozen cycle from its snapshots alone.</summary>
    /// <exception cref="RefusedException"><c>cycle.not-found</c>, <c>stage.reporting-off</c>.</exception>
    public async Task<(IReadOnlyList<CycleClassSummary> Classes, string? Next)> DashboardAsync(
        Actor actor, string id, Func<DocumentQuery<ClassSection>, DocumentQuery<ClassSection>> page, CancellationToken cancellationToken)
    {
        var cycle = (await cycles.ReadAsync(actor, id, cancellationToken)).Document;
        var sections = await store.QueryAsync(ClassSectionDocuments.Kind, page(ClassSectionDocuments.ByOrganization.Where(cycle.Organization.Value)), cancellationToken);
        var summaries = new List<CycleClassSummary>();
        foreach (var section in sections.Documents)
        {
            if (await cycles.ContentAsync(cycle, section, cancellationToken) is { } content)
            {
                summaries.Add(CycleClassSummary.Of(content));
            }
        }

        return (summaries, sections.Next);
    }

    /// <summary>One class of a cycle, for the school's records office and the teachers of the class; without verdicts on work that the one who looks may still read a second time.</summary>
    /// <exception cref="RefusedException"><c>cycle.not-found</c>, <c>class-section.not-found</c>, <c>stage.reporting-off</c>.</exception>
    public async Task<CycleContent> ClassAsync(Actor actor, string id, ClassSectionId sectionId, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(actor, sectionId, cancellationToken);
        var cycle = (await store.GetAsync(CycleDocuments.Kind, id, "cycle", cancellationToken)).Document;
        return cycle.Organization == opened.Class.Organization && await cycles.ContentAsync(cycle, opened.Class, cancellationToken) is { } content ? content.Without(opened.Unseen) : throw Refused.NotFound("cycle");
    }

    /// <param name="with">Id of another cycle of the school; null for now.</param>
    /// <returns>What changed from the one that lies earlier to the later one.</returns>
    /// <inheritdoc cref="ClassAsync"/>
    public async Task<CycleDifference> DifferenceAsync(Actor actor, string id, ClassSectionId sectionId, string? with, CancellationToken cancellationToken)
    {
        var one = await ClassAsync(actor, id, sectionId, cancellationToken);
        if (with is not null)
        {
            var other = await ClassAsync(actor, with, sectionId, cancellationToken);
            return one.AsOf <= other.AsOf ? CycleDifference.Of(one, other) : CycleDifference.Of(other, one);
        }

        var cycle = (await store.GetAsync(CycleDocuments.Kind, id, "cycle", cancellationToken)).Document;
        var opened = await access.OpenAsync(actor, sectionId, cancellationToken);
        return CycleDifference.Of(one, (await cycles.LookAsync(cycle, opened.Class, one.From, clock.Now(), cancellationToken)).Without(opened.Unseen));
    }
}
