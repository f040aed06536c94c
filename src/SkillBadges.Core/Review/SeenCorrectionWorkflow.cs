using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>
/// A mistaken observation is taken back by who made it, within the school's time for undoing, or corrected later by another that takes its place. Either is one more entry in
/// the record; nothing is rewritten. What a badge rests on is corrected in the badge's decision.
/// </summary>
public sealed class SeenCorrectionWorkflow(Commits commits, Assignments assignments, DecisionRecord record, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;
    private readonly SeenRecord seenRecord = new(commits.Store, record);

    /// <exception cref="RefusedException">
    /// <c>observation.not-found</c>, <c>observation.in-a-badge</c>, those of <see cref="Observation.Retract"/> and of <see cref="Assignments.RequireAsync(Actor, AssessedWork, BadgeDefinition, CancellationToken)"/>.
    /// </exception>
    public Task<Read<Observation>> RetractAsync(Actor actor, ObservationId id, string reason, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (read, badge, assignment) = await FindAsync(actor, id, token);
            var window = await record.UndoWindowAsync(read.Document.Organization, token);
            var retracted = read.Document.Retract(new(actor.Person, clock.Now(), reason), window);
            var entry = await StandingEntryAsync(read.Document, token);
            var changes = assignment.RequireIn(new Changes()).Replace(ObservationDocuments.Kind, read, retracted);
            await record.RetractAsync(changes, retracted, entry, badge, assignment, token);
            return new Outcome<Read<Observation>>(changes, read.Became(retracted), id.Value);
        },
        (known, token) => store.GetAsync(ObservationDocuments.Kind, known, "observation", token),
        cancellationToken);

    /// <summary>What was really seen, by whoever may judge the learner now; when that makes the badge whole, it is awarded.</summary>
    /// <exception cref="RefusedException">As <see cref="RetractAsync"/>, those of <see cref="Observation.Correct"/> and <see cref="Observation.Make"/>, and <c>decision.skill-not-named</c>.</exception>
    public Task<SeenResult> CorrectAsync(Actor actor, ObservationId id, string level, string? note, string reason, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async token =>
        {
            var (read, badge, assignment) = await FindAsync(actor, id, token);
            var now = clock.Now();
            await PlacementScope.RequireAsync(store, badge, assignment.Context, [read.Document.CompetencyId], token);
            var correction = Observation.Make(badge, read.Document.Correction(ObservationId.From(NewId.Ordered(now)), level, note, reason, assignment, now), Observation.Ever);
            var entry = await StandingEntryAsync(read.Document, token);
            var changes = assignment.RequireIn(new Changes())
                .Replace(ObservationDocuments.Kind, read, read.Document.Correct(correction))
                .Add(ObservationDocuments.Kind, correction);
            var open = await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(correction.Learner.Value, correction.Organization.Value, badge.Slug), token);

            // Work of another version is another badge; what was seen of this one stays with it.
            return await seenRecord.WriteAsync(changes, correction, badge, open?.Document.Badge == badge.Id ? open : null, assignment, entry, token);
        },
        async (known, token) => new((await store.GetAsync(ObservationDocuments.Kind, known, "observation", token)).Document, false, null, null),
        cancellationToken);

    private async Task<(Read<Observation> Read, BadgeDefinition Badge, Assignment Assignment)> FindAsync(Actor actor, ObservationId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ObservationDocuments.Kind, id.Value, "observation", cancellationToken);
        var badge = await store.VersionAsync(read.Document.Badge, cancellationToken);
        try
        {
            return (read, badge, await assignments.RequireAsync(actor, new AssessedWork(read.Document.Learner, read.Document.Organization, badge.Slug), badge, cancellationToken));
        }
        catch (RefusedException refusal) when (refusal.Code == "submission.not-found")
        {
            throw Refused.NotFound("observation");
        }
    }

    // The entry that the observation left, while it counts. Whoever makes a badge of it at this moment adds to the same chain, and one of the two looks again.
    private async Task<MasteryEntry> StandingEntryAsync(Observation observation, CancellationToken cancellationToken)
    {
        var entries = await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(observation.Id.Value).Take(10), cancellationToken);
        var entry = entries.Documents.First(one => one.Facts.Effect != EntryEffect.Retracted);
        if (await seenRecord.IsInABadgeAsync(entry, cancellationToken))
        {
            throw Refused.Conflict("observation.in-a-badge", "A badge rests on this. Please correct the decision that made it, with a reason.");
        }

        await foreach (var read in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(entry.RecordKeeper, entry.Learner), cancellationToken))
        {
            if (read.Document.Facts.Corrects == entry.Id)
            {
                throw Observation.NoLongerStands();
            }
        }

        return entry;
    }
}
