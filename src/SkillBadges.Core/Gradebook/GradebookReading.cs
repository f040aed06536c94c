using System.Collections.Immutable;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook;

/// <summary>The way by which a record is shown, and what is shown with it.</summary>
internal sealed record ShownThrough(DisclosureDoor Door)
{
    /// <summary>Beside the entries, one for each thing, by who keeps it and about whom.</summary>
    public ImmutableArray<(OrganizationId RecordKeeper, PersonId Learner)> AlsoShown { get; init; } = [];
}

/// <summary>
/// Reads a learner's record for the learner, the family or a school. A school sees its own entries; those of other schools
/// only on a stated basis, and then a disclosure is written before anything is shown.
/// </summary>
public sealed class GradebookReading(IDocumentStore store, Authority authority, FamilyRights family, InstanceAddress address, TimeProvider clock)
{
    private readonly EffectiveSettings settings = new(store);
    private readonly ReferenceReading references = new(store, new(store), address);
    private readonly BlindReading blind = new(store, authority, clock);

    /// <summary>The record as the learner or a guardian sees it: for a guardian, what the record-keepers of the guardianship hold.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<GradebookView> ForFamilyAsync(Actor actor, PersonId learner, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        var entries = await EntriesAsync(people, cancellationToken);
        if (!people.Contains(actor.Person))
        {
            var keepers = await family.RecordKeepersAsync(actor, people, cancellationToken);
            entries = keepers.Count > 0 ? [.. entries.Where(entry => keepers.Contains(entry.RecordKeeper))] : throw Refused.NotFound("learner");
        }

        return await ViewAsync(learner, entries, withheld: 0, cancellationToken);
    }

    /// <summary>The record as staff of a school that the learner attends see it.</summary>
    /// <param name="basis">Null shows the school's own entries only.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c>: no staff of that school, or no student of it; <c>stage.reporting-off</c>.</exception>
    public Task<GradebookView> ForSchoolAsync(Actor actor, OrganizationId school, PersonId learner, DisclosureBasis? basis, CancellationToken cancellationToken) =>
        ForSchoolAsync(actor, school, learner, basis, new(DisclosureDoor.Gradebook), cancellationToken);

    /// <summary>The same, written down as shown by another way than the gradebook.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>stage.reporting-off</c>.</exception>
    internal async Task<GradebookView> ForSchoolAsync(
        Actor actor, OrganizationId school, PersonId learner, DisclosureBasis? basis, ShownThrough door, CancellationToken cancellationToken)
    {
        var staff = await authority.FindAsync(actor, school, Offices.Staff, cancellationToken) ?? throw Refused.NotFound("learner");
        var enrolled = await authority.FindAsync(new(learner), school, [Role.Student], cancellationToken) ?? throw Refused.NotFound("learner");
        await settings.RequireReportingAsync(school, cancellationToken);
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        var entries = await UnseenAsync(actor, await EntriesAsync(people, cancellationToken), cancellationToken);
        var own = entries.Where(entry => entry.RecordKeeper == school).ToList();
        if (basis is null)
        {
            return await ViewAsync(learner, own, entries.Count - own.Count, cancellationToken);
        }

        var organization = (await store.GetAsync(OrganizationDocuments.Kind, school.Value, "organization", cancellationToken)).Document;
        var view = await ViewAsync(learner, entries, withheld: 0, cancellationToken);
        var judged = await references.JudgeAsync(view, organization, people, clock.Now(), cancellationToken);

        // The row is written, and the roles still hold, before anything leaves.
        await DiscloseAsync(actor, organization, basis.Value, door, entries, new Changes().Require(MembershipDocuments.Kind, staff).Require(MembershipDocuments.Kind, enrolled), cancellationToken);
        return judged;
    }

    /// <summary>Who has seen the record: for the learner and the family.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>paging.cursor</c>.</exception>
    public async Task<Page<Disclosure>> DisclosuresAsync(Actor actor, PersonId learner, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(learner, cancellationToken);
        if (!people.Contains(actor.Person) && (await family.RecordKeepersAsync(actor, people, cancellationToken)).Count == 0)
        {
            throw Refused.NotFound("learner");
        }

        return await store.QueryAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]).Descending().Take(limit).After(cursor), cancellationToken);
    }

    private async Task<IReadOnlyList<MasteryEntry>> EntriesAsync(ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        var entries = new List<MasteryEntry>();
        await foreach (var read in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken))
        {
            entries.Add(read.Document);
        }

        return entries;
    }

    // Without the verdicts on work that the actor may still read a second time, and what was corrected about them.
    private async Task<IReadOnlyList<MasteryEntry>> UnseenAsync(Actor actor, IReadOnlyList<MasteryEntry> entries, CancellationToken cancellationToken)
    {
        var hidden = await blind.HiddenAsync(actor, [.. entries.Select(entry => entry.Facts.Provenance.DecisionId).OfType<string>().Distinct(StringComparer.Ordinal)], cancellationToken);
        var unseen = await UnseenEntries.OfAsync(store, hidden, cancellationToken);
        return [.. entries.Where(entry => !unseen.Hides(entry))];
    }

    private async Task<GradebookView> ViewAsync(PersonId learner, IReadOnlyList<MasteryEntry> entries, int withheld, CancellationToken cancellationToken)
    {
        var digests = entries.Select(entry => entry.Facts.Scale.Digest.Hex).Distinct(StringComparer.Ordinal).ToList();
        var scales = await store.FindManyAsync(ScaleSnapshotDocuments.Kind, digests, cancellationToken);
        var keepers = entries.Select(entry => entry.RecordKeeper.Value).Distinct(StringComparer.Ordinal).ToList();
        var organizations = await store.FindManyAsync(OrganizationDocuments.Kind, keepers, cancellationToken);
        return GradebookView.Of(
            learner,
            entries,
            scales.ToDictionary(read => read.Document.Digest, read => read.Document.Scale),
            organizations.ToDictionary(read => read.Document.Id, read => read.Document.Name),
            withheld,
            await ScoringChoices.ReadAsync(settings, keepers.Select(OrganizationId.From), cancellationToken));
    }

    private async Task DiscloseAsync(
        Actor actor, Organization school, DisclosureBasis basis, ShownThrough through, IReadOnlyList<MasteryEntry> entries, Changes changes, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        foreach (var kept in entries.Select(entry => (entry.RecordKeeper, entry.Learner)).Concat(through.AlsoShown).Where(shown => shown.RecordKeeper != school.Id).CountBy(shown => shown))
        {
            changes.Disclose(new(NewId.Ordered(now), kept.Key.Learner, kept.Key.RecordKeeper, actor.Person, school.Id, basis, kept.Value, now) { Door = through.Door });
        }

        await store.CommitAsync(changes, cancellationToken);
    }
}
