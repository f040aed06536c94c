using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Reads the sign-off sheet of a class, or of a supervisor's interns: some questions to the store, however many students.</summary>
public sealed class SignOffSheetReading(IDocumentStore store, ClassTeaching teaching, Authority authority, TimeProvider clock)
{
    private readonly BlindReading blind = new(store, authority, clock);
    private readonly Interns atWork = new(store, authority, clock);

    /// <summary>For a teacher of the class.</summary>
    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>badge.not-found</c>, <c>definition.unknown-competency</c>.</exception>
    public async Task<SignOffSheet> ReadAsync(Actor actor, ClassSectionId id, string slug, string competencyId, CancellationToken cancellationToken)
    {
        var section = await teaching.TaughtAsync(actor, id, cancellationToken);
        var badge = await store.CurrentVersionAsync(slug, cancellationToken);
        var competency = badge.Competency(competencyId);
        return new(section.Organization, section, badge, competency, await LinesAsync(actor, section.Organization, badge, competencyId, section.Students, cancellationToken));
    }

    /// <summary>For a supervisor: those whose internships from this school hold now and name the skill. Of what was seen, only what the supervisor saw.</summary>
    /// <exception cref="RefusedException"><c>placement.not-found</c>, <c>badge.not-found</c>, <c>definition.unknown-competency</c>.</exception>
    public async Task<SignOffSheet> ReadAtWorkAsync(Actor actor, OrganizationId school, string slug, string competencyId, CancellationToken cancellationToken)
    {
        var theirs = await atWork.OfAsync(actor, school, cancellationToken);
        if (theirs.IsEmpty)
        {
            throw Refused.NotFound("placement");
        }

        var badge = await store.CurrentVersionAsync(slug, cancellationToken);
        var competency = badge.Competency(competencyId);
        var interns = theirs.Where(placement => placement.Names(slug, competencyId)).Select(placement => placement.Learner).Distinct().ToImmutableArray();
        var lines = await LinesAsync(actor, school, badge, competencyId, interns, cancellationToken);
        return new(school, null, badge, competency, [.. lines.Select(line => line.Seen?.By == actor.Person ? line : line with { Seen = null })]);
    }

    private async Task<ImmutableArray<SheetLine>> LinesAsync(
        Actor actor, OrganizationId school, BadgeDefinition badge, string competencyId, ImmutableArray<PersonId> learners, CancellationToken cancellationToken)
    {
        if (learners.IsEmpty)
        {
            return [];
        }

        string[] students = [.. learners.Select(student => student.Value)];
        var people = await store.FindManyAsync(PersonDocuments.Kind, students, cancellationToken);
        var entries = await AllAsync(LedgerDocuments.Kind, LedgerDocuments.BySkill.WhereAny(students, LedgerDocuments.SkillOf(school, badge.Slug, competencyId)), cancellationToken);
        var unseen = await UnseenEntries.OfAsync(store, await blind.HiddenOfAsync(actor, learners, cancellationToken), cancellationToken);
        var recorded = entries.Where(entry => !unseen.Hides(entry)).ToLookup(entry => entry.Learner);
        var works = (await AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.WhereAny(students, school.Value, badge.Slug), cancellationToken)).ToDictionary(work => work.Learner);
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

        return [.. lines.OrderBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Learner.Value, StringComparer.Ordinal)];
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
