using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Writes what was seen into the record and, when that makes a badge whole, the decision and the award, all in the commit of the observation.</summary>
internal sealed class SeenRecord(IDocumentStore store, DecisionRecord record)
{
    /// <param name="changes">The commit; holds the observation.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="badge">Its version.</param>
    /// <param name="open">The learner's open work on the badge there.</param>
    /// <param name="assignment">In which the assessor saw it.</param>
    /// <param name="corrected">The entry that this takes the place of, or null.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is written here.</param>
    public async Task<Outcome<SeenResult>> WriteAsync(
        Changes changes, Observation seen, BadgeDefinition badge, Read<Submission>? open, Assignment assignment, MasteryEntry? corrected, CancellationToken cancellationToken)
    {
        var attempt = await store.LastAttemptAsync(seen.Learner, badge.Slug, cancellationToken) + 1;
        var entry = await record.WriteAsync(changes, seen, badge, attempt, corrected, cancellationToken);
        return await CompleteAsync(changes, seen, badge, open, assignment, attempt, [entry], cancellationToken);
    }

    /// <summary>What several observations of one learner, made at the same instant, come to.</summary>
    public async Task<Outcome<SeenResult>> WriteAsync(
        Changes changes, IReadOnlyList<Observation> seen, BadgeDefinition badge, Read<Submission>? open, Assignment assignment, CancellationToken cancellationToken)
    {
        var attempt = await store.LastAttemptAsync(seen[0].Learner, badge.Slug, cancellationToken) + 1;
        var entries = await record.WriteAsync(changes, seen, badge, attempt, cancellationToken);
        return await CompleteAsync(changes, seen[^1], badge, open, assignment, attempt, entries, cancellationToken);
    }

    /// <summary>Whether a badge that stands rests on this entry.</summary>
    public async Task<bool> IsInABadgeAsync(MasteryEntry entry, CancellationToken cancellationToken)
    {
        await foreach (var read in store.AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.Of(entry.Learner), cancellationToken))
        {
            if (read.Document.State == SubmissionState.Approved && read.Document.LastAttempt?.Standing?.RestsOn?.Contains(entry.Id) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the badge is held and recent: then it is not awarded again because somebody saw its skills once more.</summary>
    public async Task<bool> HoldsAsync(PersonId learner, OrganizationId school, BadgeDefinition badge, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(learner.Value).Descending(), cancellationToken);
        return awards.Documents.Any(award => award.IsLive && award.Organization == school && award.Badge.Slug == badge.Slug
            && (badge.RecencyMonths is not { } months || at < award.AwardedAt.AddMonths(months)));
    }

    private async Task<Outcome<SeenResult>> CompleteAsync(
        Changes changes, Observation seen, BadgeDefinition badge, Read<Submission>? open, Assignment assignment, int attempt, IReadOnlyList<MasteryEntry> written, CancellationToken cancellationToken)
    {
        var chain = new List<MasteryEntry>();
        await foreach (var read in store.AllAsync(LedgerDocuments.Kind, LedgerDocuments.ChainOf(seen.Organization, seen.Learner), cancellationToken))
        {
            chain.Add(read.Document);
        }

        if (BadgeCompletion.Of(badge, [.. chain, .. written], seen.RecordedAt) is not { } whole || await HoldsAsync(seen.Learner, seen.Organization, badge, seen.RecordedAt, cancellationToken))
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
}
