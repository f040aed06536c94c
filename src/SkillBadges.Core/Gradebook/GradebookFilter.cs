using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Frameworks;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>Which lines of a record are asked for. What stands in each line is what stood before: a filter raises and lowers nothing.</summary>
/// <param name="Year">A school year by the year in which it begins, July 1 to June 30 at the record-keeper: lines with a decision in it.</param>
/// <param name="RecordKeeper">Lines of this organization.</param>
/// <param name="Framework">Lines whose skill or badge is aligned to a framework, by the name in the alignment, or whose skill is aligned to an item of the framework of that id here.</param>
/// <param name="Context">Lines with proof from this place of learning.</param>
public sealed record GradebookFilter(int? Year, OrganizationId? RecordKeeper, string? Framework, LearningContext? Context)
{
    /// <summary>The school year in which a day lies.</summary>
    public static int YearOf(DateOnly day) => day.Month >= 7 ? day.Year : day.Year - 1;
}

/// <summary>Keeps the lines that a filter asks for.</summary>
public sealed class GradebookFiltering(IDocumentStore store)
{
    public async Task<GradebookView> ApplyAsync(GradebookView view, GradebookFilter filter, CancellationToken cancellationToken)
    {
        if (filter.RecordKeeper is { } keeper)
        {
            view = view with { Lines = [.. view.Lines.Where(line => line.RecordKeeper == keeper)] };
        }

        if (filter.Context is { } context)
        {
            view = view.WithProofFrom(context);
        }

        if (filter.Year is { } year)
        {
            var keepers = (await store.FindManyAsync(OrganizationDocuments.Kind, [.. view.Lines.Select(line => line.RecordKeeper.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
                .ToDictionary(read => read.Document.Id, read => read.Document);
            view = view with { Lines = [.. view.Lines.Where(line => line.History.Any(decided => GradebookFilter.YearOf(keepers[line.RecordKeeper].DayOf(decided.DecidedAt)) == year))] };
        }

        return filter.Framework is { } framework ? await InFrameworkAsync(view, framework, cancellationToken) : view;
    }

    private async Task<GradebookView> InFrameworkAsync(GradebookView view, string framework, CancellationToken cancellationToken)
    {
        var badges = (await store.FindAllAsync(DefinitionDocuments.Versions, view.Lines.Select(line => line.Competency.Badge.ToString()), cancellationToken)).ToDictionary(badge => badge.Id);
        Competency? SkillOf(GradebookLine line) => badges.GetValueOrDefault(line.Competency.Badge)?.Competencies.FirstOrDefault(skill => skill.Id == line.Competency.CompetencyId);
        var items = await ItemsAsync(framework, view.Lines.Select(SkillOf).OfType<Competency>(), cancellationToken);
        return view with { Lines = [.. view.Lines.Where(line => SkillOf(line) is { } skill && IsIn(badges[line.Competency.Badge], skill, framework, items))] };
    }

    private static bool IsIn(BadgeDefinition badge, Competency skill, string framework, HashSet<string> items) =>
        badge.Alignments.Concat(skill.Alignments).Any(alignment => string.Equals(alignment.TargetFramework, framework, StringComparison.OrdinalIgnoreCase)) || CompetencyAlignment.ItemsOf(skill).Any(items.Contains);

    // Which of the items that the skills name belong to the framework of that id.
    private async Task<HashSet<string>> ItemsAsync(string framework, IEnumerable<Competency> skills, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var some in skills.SelectMany(CompetencyAlignment.ItemsOf).Distinct(StringComparer.Ordinal).Chunk(DocumentQuery<FrameworkItem>.MaxFirstValues))
        {
            await foreach (var item in store.AllAsync(FrameworkDocuments.Items, FrameworkDocuments.ByIdentifier.WhereAny(some), cancellationToken))
            {
                if (item.Document.Framework == framework)
                {
                    found.Add(item.Document.Identifier);
                }
            }
        }

        return found;
    }
}
