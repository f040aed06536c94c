using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Review;

/// <summary>Writes what a decision leaves behind, in its own commit: a notice to the learner, entries in the record, and the award when it was earned.</summary>
public sealed class DecisionRecord(IDocumentStore store, LedgerWriter ledger, Issuance issuance, InstanceAddress address, TimeProvider clock)
{
    private readonly EffectiveSettings settings = new(store);

    /// <summary>How long a decision at this school can be undone.</summary>
    public async Task<TimeSpan> UndoWindowAsync(OrganizationId school, CancellationToken cancellationToken) =>
        TimeSpan.FromMinutes((await settings.ReadAsync(school, values => values.UndoMinutes, cancellationToken)).Value);

    /// <param name="changes">The decision's commit; already holds the end of a corrected award.</param>
    /// <param name="submission">As it is after the decision.</param>
    /// <param name="badge">The version that the submission is pinned to.</param>
    /// <param name="decision">The standing decision of the last attempt.</param>
    /// <param name="corrected">The decision whose entries this one takes the place of, or null.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is written here.</param>
    /// <returns>The award, or null when the work was returned.</returns>
    public async Task<Award?> WriteAsync(Changes changes, Submission submission, BadgeDefinition badge, Decision decision, string? corrected, CancellationToken cancellationToken)
    {
        changes.Notify(submission.Learner, NoticeOf(decision.Outcome), submission.Id.Value, decision.DecidedAt);
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, submission.Organization.Value, "organization", cancellationToken)).Document;
        var assessor = (await store.GetAsync(PersonDocuments.Kind, decision.Assessor.Person.Value, "person", cancellationToken)).Document;
        var drafts = new LedgerDrafts(organization, badge, submission.LastAttempt!, submission.Id, decision, assessor, address)
            .Create(await EntriesOfAsync(submission, corrected, cancellationToken), clock.Now());
        await ledger.AppendAsync(changes, submission.Organization, submission.Learner, badge.Scale, drafts, cancellationToken);
        if (corrected is null)
        {
            var share = (await settings.ReadAsync(submission.Organization, values => values.ModerationPercent, cancellationToken)).Value;
            var days = (await settings.ReadAsync(submission.Organization, values => values.SecondReadingDays, cancellationToken)).Value;
            await ModerationWorkflow.ChooseAsync(store, changes, submission, decision, share, days, cancellationToken);
        }

        return decision.Outcome == DecisionOutcome.Approved
            ? await issuance.PrepareAsync(await RequestAsync(organization, submission, badge, decision, cancellationToken), changes, cancellationToken)
            : null;
    }

    /// <summary>The award of a badge whose levels are in the record already, with a notice to the learner.</summary>
    public async Task<Award> AwardAsync(Changes changes, Submission submission, BadgeDefinition badge, Decision decision, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, submission.Organization.Value, "organization", cancellationToken)).Document;
        changes.Notify(submission.Learner, NoticeKind.WorkApproved, submission.Id.Value, decision.DecidedAt);
        return await issuance.PrepareAsync(await RequestAsync(organization, submission, badge, decision, cancellationToken), changes, cancellationToken);
    }

    /// <summary>The entry of an observation, at the end of the learner's record; in the place of <paramref name="corrected"/> where there is one.</summary>
    public async Task<MasteryEntry> WriteAsync(Changes changes, Observation observation, BadgeDefinition badge, int attempt, MasteryEntry? corrected, CancellationToken cancellationToken)
    {
        var drafts = await DraftsAsync(observation, badge, attempt, corrected, cancellationToken);
        return (await ledger.AppendAsync(changes, observation.Organization, observation.Learner, badge.Scale, drafts, cancellationToken))[0];
    }

    /// <summary>The entries of several observations of one learner, one after the other.</summary>
    public async Task<IReadOnlyList<MasteryEntry>> WriteAsync(Changes changes, IReadOnlyList<Observation> observations, BadgeDefinition badge, int attempt, CancellationToken cancellationToken)
    {
        var drafts = new List<EntryDraft>();
        foreach (var observation in observations)
        {
            drafts.AddRange(await DraftsAsync(observation, badge, attempt, null, cancellationToken));
        }

        return await ledger.AppendAsync(changes, observations[0].Organization, observations[0].Learner, badge.Scale, drafts, cancellationToken);
    }

    /// <summary>Says in the record that the entry of an observation was a mistake.</summary>
    public async Task RetractAsync(Changes changes, Observation retracted, MasteryEntry entry, BadgeDefinition badge, Assignment assignment, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, retracted.Organization.Value, "organization", cancellationToken)).Document;
        var observer = (await store.GetAsync(PersonDocuments.Kind, assignment.Assessor.Person.Value, "person", cancellationToken)).Document;
        var mark = retracted.Retracted!;
        var undo = new Decision
        {
            Id = NewId.Ordered(mark.At),
            Outcome = DecisionOutcome.Undone,
            Ratings = [],
            Assessor = assignment.Assessor,
            Context = assignment.Context,
            DecidedAt = mark.At,
            CorrectionReason = mark.Reason,
        };
        var drafts = new LedgerDrafts(organization, badge, Attempt.Freeze(entry.Facts.Attempt, [], mark.At), null, undo, observer, address).Create([entry], clock.Now());
        await ledger.AppendAsync(changes, retracted.Organization, retracted.Learner, badge.Scale, drafts, cancellationToken);
    }

    /// <summary>A decision that was recorded earlier, with the award it earned.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>.</exception>
    public async Task<DecisionResult> ReadAsync(SubmissionId id, string decisionId, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken);
        var known = read.Document.Attempts.SelectMany(attempt => attempt.Everything);
        var named = known.FirstOrDefault(one => one.Id == decisionId) ?? throw Refused.NotFound("decision");

        // Who gave the rating that completed a decision is answered with that decision.
        var decision = known.FirstOrDefault(one => one.RestsOn is [.., var last] && last == named.Id) ?? named;
        var awards = await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(id.Value).Take(100), cancellationToken);
        return new(read.Document, read.Version, decision, awards.Documents.FirstOrDefault(award => award.Decision == decision.Id));
    }

    private static NoticeKind NoticeOf(DecisionOutcome outcome) => outcome switch
    {
        DecisionOutcome.Approved => NoticeKind.WorkApproved,
        DecisionOutcome.Returned => NoticeKind.WorkReturned,
        _ => NoticeKind.DecisionUndone,
    };

    private async Task<IReadOnlyCollection<MasteryEntry>> EntriesOfAsync(Submission submission, string? decision, CancellationToken cancellationToken)
    {
        if (decision is null)
        {
            return [];
        }

        var entries = await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(decision).Take(100), cancellationToken);

        // A badge that was seen piece by piece is corrected in the entries that it rests on.
        var rested = submission.LastAttempt?.Decisions.FirstOrDefault(known => known.Id == decision)?.RestsOn is { } ids
            ? await store.FindManyAsync(LedgerDocuments.Kind, ids, cancellationToken)
            : [];

        // What a correction retracted is gone already; only levels that stand are corrected again.
        return [.. entries.Documents.Concat(rested.Select(read => read.Document)).Where(entry => entry.Facts.Effect != EntryEffect.Retracted)];
    }

    private async Task<IssuanceRequest> RequestAsync(Organization organization, Submission submission, BadgeDefinition badge, Decision decision, CancellationToken cancellationToken)
    {
        var assessing = decision.Assessor.Organization == organization.Id
            ? null
            : (await store.GetAsync(OrganizationDocuments.Kind, decision.Assessor.Organization.Value, "organization", cancellationToken)).Document;
        var attempt = submission.LastAttempt!;
        var window = await UndoWindowAsync(organization.Id, cancellationToken);
        return new(
            organization,
            submission.Learner,
            badge,
            attempt.Number,
            [.. decision.Ratings.Select(rating => new AwardedLevel(rating.CompetencyId, rating.Level))],
            [.. attempt.Work.SelectMany(work => work.Items.Select(item => new AwardedEvidence(item.Digest, item.MediaType, item.Kind, work.CompetencyId)))],
            decision.DecidedAt,
            submission.Id,
            decision.Id,
            assessing)
        {
            NotBefore = window > TimeSpan.Zero ? decision.DecidedAt + window : null,
        };
    }

    private async Task<IReadOnlyList<EntryDraft>> DraftsAsync(Observation observation, BadgeDefinition badge, int attempt, MasteryEntry? corrected, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, observation.Organization.Value, "organization", cancellationToken)).Document;
        var observer = (await store.GetAsync(PersonDocuments.Kind, observation.Assessor.Person.Value, "person", cancellationToken)).Document;
        var decision = new Decision
        {
            Id = observation.Id.Value,
            Outcome = DecisionOutcome.Approved,
            Ratings = [new(observation.CompetencyId, observation.Level, observation.Note)],
            Assessor = observation.Assessor,
            Context = observation.Context,
            DecidedAt = observation.ObservedAt,
            CorrectionReason = observation.CorrectionReason,
        };
        var seen = Attempt.Freeze(attempt, [new(observation.CompetencyId) { Items = [EvidenceItem.OfObservation(observation), .. observation.Photos] }], observation.ObservedAt);
        return new LedgerDrafts(organization, badge, seen, null, decision, observer, address).Create(corrected is null ? [] : [corrected], clock.Now());
    }
}
