using System.Text.Json;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>
/// Does a pass over a job's rows: some pages of rows side by side, what they come to with their results and the job's progress in one commit. A pass that was cut short goes on with the first page without
/// results, whose rows are done again; each is done once all the same. The badges of some pages are signed while the next ones are done.
/// </summary>
public sealed class BulkRun(IDocumentStore store, BulkWorks works, IssuanceFinisher finisher, IPartialFiles files, TimeProvider clock)
{
    /// <summary>Pages in one commit: one fsync and what all rows ask of the store cost a row little already, and more of them lie in memory twice, where each collection copies them.</summary>
    private const int PagesAtOnce = 1;

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
        var passed = read.Document.Passed;
        var signing = Task.CompletedTask;
        try
        {
            await foreach (var pages in rows.Chunk(BulkPage.Size).Select((page, place) => (First: place * BulkPage.Size, Rows: page)).Where(page => page.First >= passed).Chunk(PagesAtOnce).WithCancellation(cancellationToken))
            {
                var (first, some) = (pages[0].First, pages.SelectMany(page => page.Rows).ToArray());
                if (first + some.Length > BulkJobWorkflow.MaxRows)
                {
                    await SaveAsync(read, read.Document.Stop("bulk-job.too-many-rows", clock.Now()), cancellationToken);
                    return;
                }

                (read, var written) = await DoAsync(read, some, first, cancellationToken);
                await signing;
                signing = finisher.FinishTogetherAsync(Recorded(written), cancellationToken);
            }

            // What could not be signed stays open, and the sweep says so.
            await signing;
            await SaveAsync(read, read.Document.EndPass(clock.Now()), cancellationToken);
        }
        finally
        {
            await signing;
        }
    }

    private async Task<(Read<BulkJob> Job, IReadOnlyList<Change> Written)> DoAsync(Read<BulkJob> read, BulkRow[] rows, int first, CancellationToken cancellationToken)
    {
        var (results, job, actor, next) = (new BulkRowResult[rows.Length], read.Document, new Actor(read.Document.By), read.Document);
        var written = await new Gathering(store).DoAsync(
            rows.Length,
            async (over, place, token) => results[place] = await OneAsync(job, works.Over(over, job.Kind), actor, rows[place], first + place + 1, token),
            changes =>
            {
                next = job.Advance(results);
                changes.Replace(BulkJobDocuments.Kind, read, next);
                foreach (var (page, place) in results.Chunk(BulkPage.Size).Select((page, place) => (page, place)))
                {
                    changes.Add(BulkJobDocuments.Pages, new(read.Id, job.IsTrial, first / BulkPage.Size + place, [.. page], job.ExpiresAt));
                }
            },
            cancellationToken);
        return (read.Became(next), written);
    }

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
}
