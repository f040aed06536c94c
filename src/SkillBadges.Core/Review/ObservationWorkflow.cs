using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>One line of a sign-off sheet.</summary>
/// <param name="DeviceId">What the device calls it: sent twice, it is recorded once.</param>
public sealed record SeenItem(string DeviceId, PersonId Learner, string Level, string? Note);

/// <summary>A sheet: one competency of one badge, seen at one school.</summary>
public sealed record SeenSheet(OrganizationId School, string Badge, string CompetencyId, DateTimeOffset? ObservedAt);

/// <summary>What a line came to.</summary>
/// <param name="IsNew">False when it had been recorded before.</param>
/// <param name="Award">The badge, when this was what it wanted.</param>
/// <param name="Waiting">Turned-in work that is decided first: every level is reached, and the badge comes with that decision.</param>
public sealed record SeenResult(Observation Observation, bool IsNew, Award? Award, SubmissionId? Waiting);

/// <summary>
/// An assessor records what they saw. One commit writes the observation and its entry in the record; when that makes a badge whole, also the decision that names
/// every entry it rests on, the award, and what will be signed. The same roles, assignments and qualifications hold as for a decision.
/// </summary>
public sealed class ObservationWorkflow(Commits commits, Assignments assignments, Authority authority, DecisionRecord record, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>badge.not-found</c>, <c>observation.device-id</c>, <c>observation.id-reused</c>, <c>observation.not-a-learner</c>, <c>decision.skill-not-named</c>, those of <see cref="Observation.Make"/>,
    /// of <see cref="Assignments.RequireAsync(Actor, AssessedWork, BadgeDefinition, CancellationToken)"/> and of <see cref="Issuance.PrepareAsync"/>.
    /// </exception>
    public Task<SeenResult> RecordAsync(Actor actor, SeenSheet sheet, SeenItem item, CancellationToken cancellationToken)
    {
        var id = ObservationId.Of(actor.Person, DisplayText.Require(item.DeviceId, 100, "observation.device-id"));
        return commits.RunAsync(
            async token =>
            {
                var open = await store.FirstAsync(SubmissionDocuments.Kind, SubmissionDocuments.Open.Where(item.Learner.Value, sheet.School.Value, sheet.Badge), token);
                var badge = open is null ? await store.CurrentVersionAsync(sheet.Badge, token) : await store.VersionAsync(open.Document.Badge, token);
                var assignment = await assignments.RequireAsync(actor, new AssessedWork(item.Learner, sheet.School, sheet.Badge), badge, token);
                await PlacementScope.RequireAsync(store, badge, assignment.Context, [sheet.CompetencyId], token);
                var learner = await authority.FindAsync(new(item.Learner), sheet.School, Offices.Learners, token)
                    ?? throw Refused.Invalid("observation.not-a-learner", "This person does not learn at this school now.");
                var now = clock.Now();
                var seen = Observation.Make(
                    badge,
                    new(id, sheet.School, item.Learner, badge.Id, sheet.CompetencyId, item.Level, item.Note, assignment.Assessor, assignment.Context, sheet.ObservedAt ?? now, now));
                if (await store.FindAsync(ObservationDocuments.Kind, id.Value, token) is { } earlier)
                {
                    return Repeated(seen, earlier.Document);
                }

                var changes = assignment.RequireIn(new Changes()).Add(ObservationDocuments.Kind, seen).Require(MembershipDocuments.Kind, learner);
                return await WriteAsync(changes, seen, badge, open, assignment, token);
            },
            cancellationToken);
    }

    /// <summary>What the actor has recorded, the latest first.</summary>
    public Task<Page<Observation>> ListAsync(Actor actor, Func<DocumentQuery<Observation>, DocumentQuery<Observation>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(ObservationDocuments.Kind, page(ObservationDocuments.ByAssessor.Where(actor.Person.Value).Descending()), cancellationToken);

    private static Outcome<SeenResult> Repeated(Observation seen, Observation earlier) => seen.IsSameAs(earlier)
        ? new(new Changes(), new(earlier, false, null, null), earlier.Id.Value)
        : throw Refused.Conflict("observation.id-reused", "The device used this id for another observation; please give this one an id of its own.");

    private async Task<Outcome<SeenResult>> WriteAsync(
        Changes changes, Observation seen, BadgeDefinition badge, Read<Submission>? open, Assignment assignment, CancellationToken cancellationToken)
    {
        var attempt = await NextAttemptAsync(seen.Learner, badge.Slug, cancellationToken);
        var entry = await record.WriteAsync(changes, seen, badge, attempt, cancellationToken);
        var chain = new List<MasteryEntry>();
        await foreach (var read in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(seen.Organization, seen.Learner), cancellationToken))
        {
            chain.Add(read.Document);
        }

        if (BadgeCompletion.Of(badge, [.. chain, entry], seen.RecordedAt) is not { } whole || await HoldsAsync(seen, badge, cancellationToken))
        {
            return new(changes, new(seen, true, null, null), seen.Id.Value);
        }

        // Work that was turned in is looked at by whoever decides on it; they are told that nothing else is missing.
        if (open is { Document.State: SubmissionState.Submitted })
        {
            changes.Require(SubmissionDocuments.Kind, open);
            return new(changes, new(seen, true, null, open.Document.Id), seen.Id.Value);
        }

        var decision = whole.Decide(NewId.Ordered(seen.RecordedAt), assignment, seen.RecordedAt);
        var begun = open?.Document ?? Submission.Start(SubmissionId.New(seen.RecordedAt), seen.Learner, seen.Organization, badge, seen.RecordedAt) with { AttemptsBefore = attempt - 1 };
        var complete = whole.Complete(begun, attempt, decision);
        changes = open is null ? changes.Add(SubmissionDocuments.Kind, complete) : changes.Replace(SubmissionDocuments.Kind, open, complete);
        try
        {
            var award = await record.AwardAsync(changes, complete, badge, decision, cancellationToken);
            return new(changes, new(seen, true, award, null), seen.Id.Value);
        }
        catch (RefusedException refusal) when (refusal.Code == "award.already-live")
        {
            // Another phone filled this attempt's slot after we had counted the attempts: look again, and the badge is held.
            throw new VersionConflictException(AwardDocuments.Kind.Name, seen.Id.Value);
        }
    }

    // A badge that is held and recent is not awarded again because somebody saw its skills once more.
    private async Task<bool> HoldsAsync(Observation seen, BadgeDefinition badge, CancellationToken cancellationToken)
    {
        var awards = await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(seen.Learner.Value).Descending().Take(500), cancellationToken);
        return awards.Documents.Any(award => award.IsLive && award.Organization == seen.Organization && award.Badge.Slug == badge.Slug
            && (badge.RecencyMonths is not { } months || seen.RecordedAt < award.AwardedAt.AddMonths(months)));
    }

    private async Task<int> NextAttemptAsync(PersonId learner, string badge, CancellationToken cancellationToken)
    {
        var works = new List<Submission>();
        await foreach (var read in store.AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.Of(learner), cancellationToken))
        {
            if (read.Document.Badge.Slug == badge)
            {
                works.Add(read.Document);
            }
        }

        return AttemptHistory.Of(works).LastNumber + 1;
    }
}
