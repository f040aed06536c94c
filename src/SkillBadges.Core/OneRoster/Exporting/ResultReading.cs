using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Exporting;

/// <summary>Finds what the students of a class have in it. A result belongs to the class in which it was decided, else to one whose teacher decided, else to the student's first one, so that it is told once.</summary>
internal sealed class ResultReading(IDocumentStore store)
{
    private readonly EffectiveSettings settings = new(store);
    private readonly Dictionary<BadgeVersionId, BadgeDefinition?> badges = [];
    private readonly Dictionary<Sha256Digest, MasteryScale> scales = [];

    /// <summary>The scales of what was found so far.</summary>
    public IReadOnlyDictionary<Sha256Digest, MasteryScale> Scales => scales;

    public async Task<List<ClassResult>> OfAsync(RosterClass section, CancellationToken cancellationToken)
    {
        var results = new List<ClassResult>();
        var scoring = await ScoringChoices.ReadAsync(settings, [section.Organization], cancellationToken);
        var students = section.Enrollments.Where(part => part.Role == "student" && part.EndedOn is null).Select(part => part.User).Distinct(StringComparer.Ordinal);
        foreach (var id in students)
        {
            if (await store.FindAsync(RosterDocuments.Users, RosterKey.IdOf(section.Source, id), cancellationToken) is not { Document: { IsActive: true } student })
            {
                continue;
            }

            var entries = await EntriesAsync(section.Organization, student.Person, cancellationToken);
            var view = GradebookView.Of(student.Person, entries, scales, ImmutableDictionary<OrganizationId, string>.Empty, 0, scoring);
            var facts = entries.ToDictionary(entry => entry.Id, entry => entry.Facts, StringComparer.Ordinal);
            var classes = await ClassesOfAsync(section.Source, student.Person, section.Organization, cancellationToken);
            foreach (var line in view.Lines.Where(line => ClassOf(classes, facts[line.History[^1].EntryId]) == section.Section))
            {
                if (await BadgeAsync(line.Competency.Badge, cancellationToken) is { } badge && badge.Competencies.FirstOrDefault(one => one.Id == line.Competency.CompetencyId) is { } competency)
                {
                    results.Add(new(student, badge, competency, line, null));
                }
            }

            if (classes.Count > 0 && classes[0].Section == section.Section)
            {
                await AddWaitingAsync(results, section.Organization, student, cancellationToken);
            }
        }

        return results;
    }

    // Work that waits replaces what was decided before: the student turned it in again.
    private async Task AddWaitingAsync(List<ClassResult> results, OrganizationId school, RosterUser student, CancellationToken cancellationToken)
    {
        var tasks = await store.WholeAsync(ReviewTaskDocuments.Kind, ReviewTaskDocuments.ByLearner.Where(student.Person.Value), cancellationToken);
        foreach (var task in tasks.Documents.Where(task => task.Organization == school))
        {
            var badge = await BadgeAsync(task.Badge, cancellationToken);
            foreach (var competency in badge?.Competencies ?? [])
            {
                if (!results.Any(result => result.Student.Person == student.Person && result.Badge.Slug == badge!.Slug && result.Competency.Id == competency.Id))
                {
                    results.Add(new(student, badge!, competency, null, task.SubmittedAt));
                }
            }
        }
    }

    private async Task<List<MasteryEntry>> EntriesAsync(OrganizationId school, PersonId student, CancellationToken cancellationToken)
    {
        var entries = new List<MasteryEntry>();
        await foreach (var entry in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(school, student), cancellationToken))
        {
            entries.Add(entry.Document);
            var digest = entry.Document.Facts.Scale.Digest;
            if (!scales.ContainsKey(digest))
            {
                scales[digest] = (await store.GetAsync(ScaleSnapshotDocuments.Kind, digest.Hex, "scale", cancellationToken)).Document.Scale;
            }
        }

        return entries;
    }

    // A student's classes at a school in the order of their sourcedIds.
    private async Task<List<RosterSection>> ClassesOfAsync(string source, PersonId student, OrganizationId school, CancellationToken cancellationToken)
    {
        var sections = await store.WholeAsync(ClassSectionDocuments.Kind, ClassSectionDocuments.ByStudent.Where(student.Value), cancellationToken);
        var found = new List<RosterSection>();
        foreach (var section in sections.Documents.Where(section => section.Organization == school))
        {
            var roster = await store.FirstAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySection.Where(section.Id.Value), cancellationToken);
            if (roster is { Document.IsActive: true } && roster.Document.Source == source)
            {
                found.Add(new(section.Id, roster.Document.SourcedId, section.Teachers));
            }
        }

        return [.. found.OrderBy(one => one.SourcedId, StringComparer.Ordinal)];
    }

    private sealed record RosterSection(ClassSectionId Section, string SourcedId, ImmutableArray<PersonId> Teachers);

    private static ClassSectionId? ClassOf(List<RosterSection> classes, MasteryFacts facts) =>
        (classes.FirstOrDefault(one => one.Section == facts.Context?.Section) ?? classes.FirstOrDefault(one => one.Teachers.Contains(facts.Assessor.Person)) ?? classes.FirstOrDefault())?.Section;

    private async Task<BadgeDefinition?> BadgeAsync(BadgeVersionId id, CancellationToken cancellationToken)
    {
        if (!badges.TryGetValue(id, out var badge))
        {
            badges[id] = badge = (await store.FindAsync(DefinitionDocuments.Versions, id.ToString(), cancellationToken))?.Document;
        }

        return badge;
    }
}
