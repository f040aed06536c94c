using System.Text.Json;
using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>
/// Does a pass over a job's rows: a page of rows side by side, then their results and the job's progress in one commit. A pass that was cut short goes on with the first page without results,
/// whose rows are done again; each is done once all the same.
/// </summary>
public sealed class BulkRun(IDocumentStore store, IReadOnlyDictionary<BulkKind, IBulkWork> works, IPartialFiles files, TimeProvider clock)
{
    private const int AtOnce = 16;

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
                await SaveAsync(read, read.Document.Stop("file.not-found", clock.Now()), null, cancellationToken);
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
            await SaveAsync(now, now.Document.Stop((broken as CsvException)?.Code ?? "bulk-job.json", clock.Now()), null, cancellationToken);
        }
    }

    private async Task PassAsync(Read<BulkJob> read, IAsyncEnumerable<BulkRow> rows, CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var page in rows.Chunk(BulkPage.Size).WithCancellation(cancellationToken))
        {
            var first = number++ * BulkPage.Size;
            if (first < read.Document.Passed)
            {
                continue;
            }

            if (first + page.Length > BulkJobWorkflow.MaxRows)
            {
                await SaveAsync(read, read.Document.Stop("bulk-job.too-many-rows", clock.Now()), null, cancellationToken);
                return;
            }

            var results = await EachAsync(read.Document, page, first, cancellationToken);
            var written = new BulkPage(read.Id, read.Document.IsTrial, number - 1, [.. results], read.Document.ExpiresAt);
            read = await SaveAsync(read, read.Document.Advance(results), written, cancellationToken);
        }

        await SaveAsync(read, read.Document.EndPass(clock.Now()), null, cancellationToken);
    }

    private async Task<BulkRowResult[]> EachAsync(BulkJob job, BulkRow[] rows, int first, CancellationToken cancellationToken)
    {
        var (results, actor, work) = (new BulkRowResult[rows.Length], new Actor(job.By), works[job.Kind]);
        await Parallel.ForEachAsync(Enumerable.Range(0, rows.Length), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (place, token) =>
            results[place] = await OneAsync(job, work, actor, rows[place], first + place + 1, token));
        return results;
    }

    private static async Task<BulkRowResult> OneAsync(BulkJob job, IBulkWork work, Actor actor, BulkRow row, int number, CancellationToken cancellationToken)
    {
        var subject = row.Subject.Length <= 100 ? row.Subject : row.Subject[..100];
        try
        {
            if (row.Fault is { } fault)
            {
                throw Refused.Invalid(fault, "This row does not say what it needs to.");
            }

            string? made = null;
            if (job.IsTrial)
            {
                await work.CheckAsync(job, actor, row, cancellationToken);
            }
            else
            {
                made = await work.DoAsync(job, actor, row, cancellationToken);
            }

            return new(number, subject, BulkRowOutcome.Done, made, null, null);
        }
        catch (RefusedException refused) when (refused.Kind != RefusalKind.Unavailable)
        {
            return new(number, StorableText.IsStorable(subject) ? subject : "", BulkRowOutcome.Refused, null, refused.Code, refused.Message);
        }
    }

    private async Task<Read<BulkJob>> SaveAsync(Read<BulkJob> read, BulkJob next, BulkPage? page, CancellationToken cancellationToken)
    {
        var changes = new Changes().Replace(BulkJobDocuments.Kind, read, next);
        if (page is not null)
        {
            changes.Add(BulkJobDocuments.Pages, page);
        }

        await store.CommitAsync(changes, cancellationToken);
        return read.Became(next);
    }
}
