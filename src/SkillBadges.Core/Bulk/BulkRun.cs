using System.Text.Json;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>
/// Does a pass over a job's rows: those of a page side by side, what they come to with their results and the job's progress in one commit. A pass that was cut short goes on with the first page without
/// results, whose rows are done again; each is done once all the same. While a page is being written, the rows of the next one are looked at, and the badges of those before it are signed.
/// </summary>
public sealed class BulkRun(IDocumentStore store, BulkWorks works, IssuanceFinisher finisher, IPartialFiles files, TimeProvider clock)
{
    public async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        var read = await store.FindAsync(BulkJobDocuments.Kind, id, cancellationToken);
        if (read is not { Document.IsUnderWay: true })
        {
            return;
        }

        try
        {
            await using var file = files.OpenToRead(id);
            if (file is null)
            {
                await SaveAsync(read, read.Document.Stop("file.not-found", clock.Now()), cancellationToken);
                return;
            }

            await PassAsync(read, BulkRows.ReadAsync(file, read.Document.Kind, read.Document.Format, cancellationToken), cancellationToken);
        }
        catch (VersionConflictException conflict) when (conflict.KindName == BulkJobDocuments.Kind.Name)
        {
            // It was cancelled meanwhile.
        }
        catch (Exception broken) when (broken is CsvException or JsonException)
        {
            var now = await store.GetAsync(BulkJobDocuments.Kind, id, "bulk-job", cancellationToken);
            await SaveAsync(now, now.Document.Stop((broken as CsvException)?.Code ?? "bulk-job.json", clock.Now()), cancellationToken);
        }
    }

    private async Task PassAsync(Read<BulkJob> read, IAsyncEnumerable<BulkRow> rows, CancellationToken cancellationToken)
    {
        var (job, done) = (read.Document, Task.FromResult(new DonePage(read, [])));
        var (signed, signedBefore) = (Task.CompletedTask, Task.CompletedTask);
        try
        {
            await foreach (var (page, place) in rows.Chunk(BulkPage.Size).Select((page, place) => (page, place)).Where(one => one.place * BulkPage.Size >= job.Passed).WithCancellation(cancellationToken))
            {
                if ((place * BulkPage.Size) + page.Length > BulkJobWorkflow.MaxRows)
                {
                    await SaveAsync((await done).Job, (await done).Job.Document.Stop("bulk-job.too-many-rows", clock.Now()), cancellationToken);
                    return;
                }

                var earlier = done;
                done = DoAsync(earlier, job, page, place, cancellationToken);

                // What all rest on, such as the school's status list, is made by the first: two at once would both make it.
                await (place * BulkPage.Size == job.Passed ? done : earlier);
                await signedBefore;
                (signedBefore, signed) = (signed, SignAsync(done, cancellationToken));
            }

            // What could not be signed stays open, and the sweep says so.
            await signedBefore;
            await signed;
            await SaveAsync((await done).Job, (await done).Job.Document.EndPass(clock.Now()), cancellationToken);
        }
        finally
        {
            // Nothing of the pass goes on behind it; what it failed of has been thrown.
            await Task.WhenAll(done, signedBefore, signed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <param name="earlier">The page before, whose rows are being written while the rows of this one are looked at.</param>
    private async Task<DonePage> DoAsync(Task<DonePage> earlier, BulkJob job, BulkRow[] rows, int place, CancellationToken cancellationToken)
    {
        var (results, actor, done) = (new BulkRowResult[rows.Length], new Actor(job.By), default(Read<BulkJob>));
        var written = await new Gathering(store).DoAsync(
            rows.Length,
            async (over, row, token) => results[row] = await OneAsync(job, works.Over(over, job.Kind), actor, rows[row], (place * BulkPage.Size) + row + 1, token),
            async changes =>
            {
                var before = (await earlier).Job;
                var next = before.Document.Advance(results);
                changes.Replace(BulkJobDocuments.Kind, before, next).Add(BulkJobDocuments.Pages, new(before.Id, job.IsTrial, place, [.. results], job.ExpiresAt));
                done = before.Became(next);
            },
            cancellationToken);
        return new(done!, written);
    }

    private async Task SignAsync(Task<DonePage> page, CancellationToken cancellationToken) => await finisher.FinishTogetherAsync(Recorded((await page).Written), cancellationToken);

    private static IReadOnlyList<Read<IssuanceIntent>> Recorded(IReadOnlyList<Change> written) =>
        [.. written.Where(change => change.Type == ChangeType.Add).Select(change => change.Document).OfType<IssuanceIntent>().Select(intent => new Read<IssuanceIntent>(intent, intent.Credential.Value, 1))];

    private static async Task<BulkRowResult> OneAsync(BulkJob job, IBulkWork work, Actor actor, BulkRow row, int number, CancellationToken cancellationToken)
    {
        var subject = row.Subject.Length <= 100 ? row.Subject : row.Subject[..100];
        try
        {
            if (row.Fault is { } fault)
            {
                throw Refused.Invalid(fault, "This row does not say what it needs to.");
            }

            return job.IsTrial
                ? new(number, subject, BulkRowOutcome.Done, null, null, null) { Touches = await work.CheckAsync(job, actor, row, cancellationToken) }
                : new(number, subject, BulkRowOutcome.Done, await work.DoAsync(job, actor, row, cancellationToken), null, null);
        }
        catch (RefusedException refused) when (refused.Kind != RefusalKind.Unavailable)
        {
            return new(number, StorableText.IsStorable(subject) ? subject : "", BulkRowOutcome.Refused, null, refused.Code, refused.Message);
        }
    }

    private async Task SaveAsync(Read<BulkJob> read, BulkJob next, CancellationToken cancellationToken) =>
        await store.CommitAsync(new Changes().Replace(BulkJobDocuments.Kind, read, next), cancellationToken);

    private sealed record DonePage(Read<BulkJob> Job, IReadOnlyList<Change> Written);
}
