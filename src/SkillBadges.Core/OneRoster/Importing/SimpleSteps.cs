using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>Takes over organizations, sessions and courses.</summary>
internal sealed class SimpleSteps(ImportContext context, OrgMatching matching)
{
    private const int Batch = 200;

    public async Task OrgsAsync(ImportStep step, CancellationToken cancellationToken)
    {
        // Parents first, since a school is founded below its district.
        var rows = context.Rows(RosterFiles.Orgs, step, "sourcedId", cancellationToken).Select(row => (Record: row.Org(context.Source), IsGone: row.IsTakenBack())).ToArray();
        foreach (var some in OrgMatching.ParentsFirst(rows, row => row.Record).Chunk(Batch))
        {
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    matching.Begin();
                    var found = await context.FindAsync(RosterDocuments.Orgs, some.Select(one => one.Record.Id), attemptToken);
                    foreach (var (record, isGone) in some)
                    {
                        var read = found.GetValueOrDefault(record.Id);
                        var ours = read?.Document.Organization ?? await matching.FindOrFoundAsync(context, record, changes, attemptToken);
                        context.Write(changes, RosterDocuments.Orgs, read, record with { Organization = ours, EndedAt = isGone ? read?.Document.EndedAt ?? context.Now : null });
                    }
                },
                cancellationToken);
            matching.Committed();
        }

        await GoneAsync(RosterFiles.Orgs, RosterDocuments.Orgs, RosterDocuments.OrgsBySource, cancellationToken);
        context.Forget();
    }

    public async Task SessionsAsync(ImportStep step, CancellationToken cancellationToken)
    {
        await TakeAsync(step, RosterFiles.AcademicSessions, RosterDocuments.Sessions, row => row.Session(context.Source), cancellationToken);
        await GoneAsync(RosterFiles.AcademicSessions, RosterDocuments.Sessions, RosterDocuments.SessionsBySource, cancellationToken);
        context.Forget();
    }

    public async Task CoursesAsync(ImportStep step, CancellationToken cancellationToken)
    {
        await TakeAsync(step, RosterFiles.Courses, RosterDocuments.Courses, row => row.Course(context.Source), cancellationToken);
        await GoneAsync(RosterFiles.Courses, RosterDocuments.Courses, RosterDocuments.CoursesBySource, cancellationToken);
    }

    private async Task TakeAsync<T>(ImportStep step, RosterFile file, DocumentKind<T> kind, Func<RosterTable, T> read, CancellationToken cancellationToken)
        where T : RosterRecord
    {
        foreach (var some in context.Rows(file, step, "sourcedId", cancellationToken).Select(row => (Record: read(row), IsGone: row.IsTakenBack())).Chunk(Batch))
        {
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    var found = await context.FindAsync(kind, some.Select(one => one.Record.Id), attemptToken);
                    foreach (var (record, isGone) in some)
                    {
                        var stored = found.GetValueOrDefault(record.Id);
                        context.Write(changes, kind, stored, record with { EndedAt = isGone ? stored?.Document.EndedAt ?? context.Now : null });
                    }
                },
                cancellationToken);
        }
    }

    // What a bulk file does not name is no more.
    private async Task GoneAsync<T>(RosterFile file, DocumentKind<T> kind, AccessPath<T> bySource, CancellationToken cancellationToken)
        where T : RosterRecord
    {
        if (context.ModeOf(file) != PackMode.Bulk)
        {
            return;
        }

        var there = context.Rows(file, new(ImportPhase.Orgs), "sourcedId", cancellationToken).Select(row => context.IdOf(row[0])).ToHashSet(StringComparer.Ordinal);
        var gone = new List<string>();
        await foreach (var read in context.Store.AllAsync(kind, bySource.Where(context.Source), cancellationToken))
        {
            if (read.Document.IsActive && !there.Contains(read.Id))
            {
                gone.Add(read.Id);
            }
        }

        foreach (var some in gone.Chunk(Batch))
        {
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    foreach (var read in (await context.FindAsync(kind, some, attemptToken)).Values.Where(read => read.Document.IsActive))
                    {
                        context.Write(changes, kind, read, read.Document with { EndedAt = context.Now });
                    }
                },
                cancellationToken);
        }
    }
}
