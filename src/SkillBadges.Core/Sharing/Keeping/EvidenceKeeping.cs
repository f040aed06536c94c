using SkillBadges.Core.Evidence;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Transfers;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Keeping;

/// <summary>
/// Erases files of proof when the time for which their school keeps them is over. Nothing is erased while somebody waits for the record (34 CFR 99.10(e)): while the school has not answered a request of the
/// last 45 days, while a pack of the student's may be fetched, and while a second reader may still look at the work.
/// </summary>
public sealed class EvidenceKeeping(IDocumentStore store, EffectiveSettings settings, ErasureWorkflow erasures, PhotoErasureWorkflow photos, TimeProvider clock)
{
    /// <summary>In which a school answers (34 CFR 99.10(b)); a request that nobody answers does not hold files for ever.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromDays(45);

    /// <summary>Looks at all schools; how many files were erased. May be cut short at any moment and done again.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var erased = 0;
        await foreach (var school in store.AllAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where(), cancellationToken))
        {
            if (!await IsAskedAsync(school.Document.Id, cancellationToken))
            {
                erased += await SweepAsync(school.Document.Id, cancellationToken);
            }
        }

        return erased;
    }

    private async Task<int> SweepAsync(OrganizationId school, CancellationToken cancellationToken)
    {
        var (erased, mediaDays) = (0, (await settings.ReadAsync(school, values => values.MediaDays, cancellationToken)).Value);
        var fileDays = (await settings.ReadAsync(school, values => values.FileDays, cancellationToken)).Value;
        foreach (var (kept, days) in new[] { (RetentionClass.Media, mediaDays), (RetentionClass.Files, fileDays) })
        {
            var before = clock.Now().AddDays(-days);
            await foreach (var work in store.AllAsync(SubmissionDocuments.Kind, SubmissionDocuments.ByRetention.Where(kept.ToString(), school.Value).To(before), cancellationToken))
            {
                if (!await IsHeldAsync(work.Document.Learner, cancellationToken) && !await IsReadAgainAsync(work.Document, cancellationToken))
                {
                    erased += await erasures.LapseAsync(work, kept, before, ReasonFor(days), cancellationToken);
                }
            }
        }

        // What kind of file came with a record is not known: the shorter time counts.
        var cameBefore = clock.Now().AddDays(-Math.Min(mediaDays, fileDays));
        await foreach (var carried in store.AllAsync(CarriedContentDocuments.Kind, CarriedContentDocuments.ByRetention.Where(school.Value).To(cameBefore), cancellationToken))
        {
            if (!await IsHeldAsync(carried.Document.Learner, cancellationToken))
            {
                var now = clock.Now();
                await store.CommitAsync(
                    new Changes().Remove(CarriedContentDocuments.Kind, carried).Send(new(NewId.Ordered(now), EvidenceUsage.ReleasedTopic, carried.Document.Digest.Hex, now)), cancellationToken);
                erased++;
            }
        }

        var seenBefore = clock.Now().AddDays(-mediaDays);
        await foreach (var seen in store.AllAsync(ObservationDocuments.Kind, ObservationDocuments.ByRetention.Where(school.Value).To(seenBefore), cancellationToken))
        {
            if (!await IsHeldAsync(seen.Document.Learner, cancellationToken))
            {
                erased += await photos.LapseAsync(seen, ReasonFor(mediaDays), cancellationToken);
            }
        }

        return erased;
    }

    private async Task<bool> IsAskedAsync(OrganizationId school, CancellationToken cancellationToken) =>
        await store.AllAsync(TransferDocuments.Kind, TransferDocuments.ByRecordKeeper.Where(school.Value).From(clock.Now() - TimeToAnswer), cancellationToken)
            .AnyAsync(transfer => transfer.Document.State == TransferState.Asked, cancellationToken);

    private async Task<bool> IsHeldAsync(PersonId learner, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return await store.AllAsync(TransferDocuments.Kind, TransferDocuments.ByLearner.Where(learner.Value), cancellationToken)
            .AnyAsync(transfer => transfer.Document is { State: TransferState.Released, Release: { } release } && now < release.PackUntil, cancellationToken);
    }

    private async Task<bool> IsReadAgainAsync(Submission work, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var decisions = work.Attempts.SelectMany(attempt => attempt.Decisions).Select(decision => decision.Id);
        return (await store.FindAllAsync(ModerationDocuments.Kind, decisions, cancellationToken)).Any(moderation => moderation.IsOpenAt(now) || moderation.State == ModerationState.Talk);
    }

    private static string ReasonFor(int days) => $"Kept for {days} days, as the school has set.";
}
