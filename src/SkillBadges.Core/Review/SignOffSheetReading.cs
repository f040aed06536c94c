using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Reads a class's sign-off sheet: four questions to the store, however many students.</summary>
public sealed class SignOffSheetReading(IDocumentStore store, ClassTeaching teaching, TimeProvider clock)
{
    /// <summary>For a teacher of the class.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>badge.not-found</c>, <c>definition.unknown-competency</c>.</exception>
    public async Task<SignOffSheet> ReadAsync(Actor actor, ClassSectionId id, string slug, string competencyId, CancellationToken cancellationToken)
    {
        var section = await teaching.TaughtAsync(actor, id, cancellationToken);
        var badge = await store.CurrentVersionAsync(slug, cancellationToken);
        var competency = badge.Competency(competencyId);
        if (section.Students.IsEmpty)
        {
            return new(section, badge, competency, []);
        }

        string[] students = [.. section.Students.Select(student => student.Value)];
        var people = await store.FindManyAsync(PersonDocuments.Kind, students, cancellationToken);
        var entries = await AllAsync(LedgerDocuments.Kind, LedgerDocuments.BySkill.WhereAny(students, LedgerDocuments.SkillOf(section.Organization, slug, competencyId)), cancellationToken);
        var recorded = entries.ToLookup(entry => entry.Learner);
        var works = (await AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.WhereAny(students, section.Organization.Value, slug), cancellationToken)).ToDictionary(work => work.Learner);
        var versions = new Dictionary<BadgeVersionId, BadgeDefinition> { [badge.Id] = badge };
        var (lines, now) = (new List<SheetLine>(), clock.Now());
        foreach (var person in people.Select(read => read.Document))
        {
            // Open work keeps the version that it was begun with, and so does what is seen beside it.
            var open = works.GetValueOrDefault(person.Id);
            var version = open?.Badge ?? badge.Id;
            if (!versions.TryGetValue(version, out var theirs))
            {
                versions[version] = theirs = await store.VersionAsync(version, cancellationToken);
            }

            lines.Add(SheetLine.Of(person, theirs, competencyId, [.. recorded[person.Id].OrderBy(entry => entry.Sequence)], open, now));
        }

        return new(section, badge, competency, [.. lines.OrderBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Learner.Value, StringComparer.Ordinal)]);
    }

    private async Task<List<T>> AllAsync<T>(DocumentKind<T> kind, DocumentQuery<T> query, CancellationToken cancellationToken)
        where T : class
    {
        var all = new List<T>();
        await foreach (var read in store.AllAsync(kind, query, cancellationToken))
        {
            all.Add(read.Document);
        }

        return all;
    }
}
