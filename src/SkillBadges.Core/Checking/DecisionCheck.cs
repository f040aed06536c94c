using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Checking;

/// <summary>I1: a decision is there once, its levels are in the record once, it earned one badge or none, and work that waits is in the queue.</summary>
internal sealed class DecisionCheck(IDocumentStore store, Findings findings)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Digests of ids: sixteen bytes for each decision.
        var seen = new HashSet<UInt128>();
        await foreach (var submission in findings.EachAsync(SubmissionDocuments.Kind, cancellationToken))
        {
            foreach (var decision in submission.Attempts.SelectMany(attempt => attempt.Everything))
            {
                if (!seen.Add(Digests.Short(decision.Id)))
                {
                    Add(submission, $"Decision {decision.Id} is there more than once.");
                }
            }

            foreach (var decision in submission.Attempts.SelectMany(attempt => attempt.Decisions))
            {
                await CheckEntriesAsync(submission, decision, cancellationToken);
            }

            await CheckAwardsAsync(submission, cancellationToken);
            if (submission.State == SubmissionState.Submitted && await store.FindAsync(ReviewTaskDocuments.Kind, submission.Id.Value, cancellationToken) is null)
            {
                Add(submission, "The work waits for a decision and is in nobody's queue.");
            }
        }
    }

    private async Task CheckEntriesAsync(Submission submission, Decision decision, CancellationToken cancellationToken)
    {
        var entries = (await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(decision.Id).Take(1000), cancellationToken)).Documents
            .Where(entry => entry.Facts.Effect != EntryEffect.Retracted).Select(entry => (entry.Facts.Competency.CompetencyId, entry.Facts.Level.Code)).ToArray();

        // One that sums up what was seen piece by piece rests on entries that are there already.
        var isSum = decision.RestsOn is [var first, ..] && await store.FindAsync(LedgerDocuments.Kind, first, cancellationToken) is not null;
        var expected = isSum && entries.Length == 0 ? [] : decision.Ratings.Select(rating => (rating.CompetencyId, rating.Level)).ToArray();
        if (!entries.Order().SequenceEqual(expected.Order()))
        {
            Add(submission, $"Decision {decision.Id} gave {expected.Length} levels; the record holds {entries.Length} of it, or others.");
        }
    }

    private async Task CheckAwardsAsync(Submission submission, CancellationToken cancellationToken)
    {
        var awards = (await store.QueryAsync(AwardDocuments.Kind, AwardDocuments.BySubmission.Where(submission.Id.Value).Take(1000), cancellationToken)).Documents.ToArray();
        var live = awards.Where(award => award.IsLive).ToArray();
        if (live.Length != (submission.IsHeld ? 1 : 0))
        {
            Add(submission, $"The work is {submission.State}{(submission.TakenBackAt is null ? "" : " and was taken back")}, and has {live.Length} live badges.");
        }
        else if (submission.IsHeld && live[0].Decision != submission.LastAttempt?.Standing?.Id)
        {
            Add(submission, $"Badge {live[0].Id} comes from another decision than the one that stands.");
        }

        foreach (var twice in awards.GroupBy(award => award.Decision, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            Add(submission, $"Decision {twice.Key} earned {twice.Count()} badges.");
        }
    }

    private void Add(Submission submission, string what) => findings.Add(Invariant.Decisions, SubmissionDocuments.Kind, submission.Id.Value, what);
}
