using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Marks;

/// <summary>Which marks are asked for.</summary>
/// <param name="Cycle">Id of the grading period; null for now.</param>
/// <param name="Policy">A policy of the school or of an organization above it, in one version (<c>key@2</c>) or the latest (<c>key</c>); null for levels alone.</param>
/// <param name="Layout">Id of a layout of the school; null for the usual columns.</param>
public sealed record MarkQuestion(string? Cycle, IReadOnlyCollection<string> Badges, string? Policy, string? Layout);

/// <summary>The marks of a class, as they are to be entered elsewhere.</summary>
public sealed class MarkReading(IDocumentStore store, ClassAccess access, CycleReports reports, ClassReading reading, TimeProvider clock)
{
    private readonly EffectiveSettings settings = new(store);

    /// <exception cref="RefusedException">
    /// <c>class-section.not-found</c>, <c>stage.reporting-off</c>, <c>cycle.not-found</c>, <c>mark-policy.not-found</c>, <c>badge.not-found</c>, <c>class-map.too-wide</c>.
    /// </exception>
    public async Task<(MarkSheet Sheet, IReadOnlyDictionary<PersonId, string> Names)> ReadAsync(Actor actor, ClassSectionId id, MarkQuestion question, CancellationToken cancellationToken)
    {
        var opened = await access.OpenAsync(actor, id, cancellationToken);
        var section = opened.Class;
        var policy = question.Policy is { } named ? await PolicyAsync(section.Organization, named, cancellationToken) : null;
        MarkSheet sheet;
        if (question.Cycle is { } cycle)
        {
            var content = Only(await reports.ClassAsync(actor, cycle, id, cancellationToken), question.Badges);
            sheet = MarkSheet.Of(content, (await store.GetAsync(CycleDocuments.Kind, cycle, "cycle", cancellationToken)).Document.Name, policy);
        }
        else
        {
            var record = await reading.ReadAsync(section, new(question.Badges, []) { Unseen = opened.Unseen }, cancellationToken);
            sheet = MarkSheet.Of(CycleContent.Of("", record, section.From, clock.Now(), everyColumn: question.Badges.Count > 0), "", policy);
        }

        return (sheet, await store.NamesAsync(sheet.Rows.Select(row => row.Learner), cancellationToken));
    }

    /// <summary>The same as a file in the columns of a layout.</summary>
    /// <exception cref="RefusedException"><c>mark-layout.not-found</c>, and those of <see cref="ReadAsync"/>.</exception>
    public async Task<byte[]> CsvAsync(Actor actor, ClassSectionId id, MarkQuestion question, CancellationToken cancellationToken)
    {
        var (sheet, names) = await ReadAsync(actor, id, question, cancellationToken);
        var columns = MarkLayout.Usual;
        if (question.Layout is { } layout)
        {
            var section = (await store.GetAsync(ClassSectionDocuments.Kind, id.Value, "class-section", cancellationToken)).Document;
            var kept = (await store.GetAsync(MarkLayoutDocuments.Kind, layout, "mark-layout", cancellationToken)).Document;
            columns = await IsAboveAsync(kept.Organization, section.Organization, cancellationToken) ? kept.Columns : throw Refused.NotFound("mark-layout");
        }

        return FormulaSafeCsv.Write(MarkLayout.Rows(columns, sheet, names));
    }

    private async Task<MarkPolicy> PolicyAsync(OrganizationId school, string named, CancellationToken cancellationToken)
    {
        var found = named.Contains('@', StringComparison.Ordinal)
            ? await store.FindAsync(MarkPolicyDocuments.Kind, named, cancellationToken)
            : await store.FirstAsync(MarkPolicyDocuments.Kind, MarkPolicyDocuments.ByKey.Where(named).Descending(), cancellationToken);
        return found is not null && await IsAboveAsync(found.Document.Organization, school, cancellationToken) ? found.Document : throw Refused.NotFound("mark-policy");
    }

    private async Task<bool> IsAboveAsync(OrganizationId organization, OrganizationId school, CancellationToken cancellationToken) =>
        (await settings.LayersAsync(school, cancellationToken)).Any(layer => layer.Origin?.Id == organization);

    private static CycleContent Only(CycleContent content, IReadOnlyCollection<string> badges)
    {
        var kept = Enumerable.Range(0, content.Columns.Length).Where(column => badges.Count == 0 || badges.Contains(content.Columns[column].Badge)).ToList();
        return content with { Columns = [.. kept.Select(column => content.Columns[column])], Rows = [.. content.Rows.Select(row => row with { Cells = [.. kept.Select(column => row.Cells[column])] })] };
    }
}
