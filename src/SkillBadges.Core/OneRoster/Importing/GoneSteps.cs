using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>After bulk files: what the source has no more ends. People and classes stay; their roles and parts end today.</summary>
internal sealed class GoneSteps(ImportContext context)
{
    private const int Batch = 100;

    public async Task UsersAsync(ImportStep step, CancellationToken cancellationToken)
    {
        var (users, roles) = (There(RosterFiles.Users, "sourcedId", step, cancellationToken), There(RosterFiles.Roles, "userSourcedId", step, cancellationToken));
        if (users is null && roles is null)
        {
            return;
        }

        await context.LoadAsync(cancellationToken);
        var gone = new List<string>();
        await foreach (var user in context.Store.AllAsync(RosterDocuments.Users, RosterDocuments.UsersBySource.Where(context.Source), cancellationToken))
        {
            var key = context.KeyOf(user.Document.SourcedId).Value;
            if ((users is not null && user.Document.IsActive && !users.Contains(key)) || (roles is not null && user.Document.Roles.Length > 0 && !roles.Contains(key)))
            {
                gone.Add(user.Id);
            }
        }

        foreach (var some in gone.Chunk(Batch))
        {
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    foreach (var read in (await context.FindAsync(RosterDocuments.Users, some, attemptToken)).Values)
                    {
                        var key = context.KeyOf(read.Document.SourcedId).Value;
                        var next = read.Document with
                        {
                            EndedAt = users is not null && !users.Contains(key) ? read.Document.EndedAt ?? context.Now : read.Document.EndedAt,
                            Roles = roles is not null && !roles.Contains(key) ? [] : read.Document.Roles,
                        };
                        next = next with { Memberships = await new RoleMemberships(context).ReconcileAsync(changes, next, isNewPerson: false, attemptToken) };
                        context.Write(changes, RosterDocuments.Users, read, next);
                    }
                },
                cancellationToken);
            await context.CommitAsync((changes, attemptToken) => new AgentStep(context).TakeAsync(changes, some, attemptToken), cancellationToken);
        }
    }

    public async Task ClassesAsync(ImportStep step, CancellationToken cancellationToken)
    {
        var (classes, enrollments) = (There(RosterFiles.Classes, "sourcedId", step, cancellationToken), There(RosterFiles.Enrollments, "classSourcedId", step, cancellationToken));
        if (classes is null && enrollments is null)
        {
            return;
        }

        await context.LoadAsync(cancellationToken);
        var gone = new List<string>();
        await foreach (var one in context.Store.AllAsync(RosterDocuments.Classes, RosterDocuments.ClassesBySource.Where(context.Source), cancellationToken))
        {
            var key = context.KeyOf(one.Document.SourcedId).Value;
            if (one.Document.IsActive && ((classes is not null && !classes.Contains(key)) || (enrollments is not null && !enrollments.Contains(key) && one.Document.Enrollments.Any(part => part.EndedOn is null))))
            {
                gone.Add(one.Id);
            }
        }

        var today = DateOnly.FromDateTime(context.BegunAt.UtcDateTime);
        foreach (var some in gone.Chunk(Batch))
        {
            await context.CommitAsync(
                async (changes, attemptToken) =>
                {
                    var read = await context.FindAsync(RosterDocuments.Classes, some, attemptToken);
                    var writing = new SectionWriting(context, await context.FindAsync(ClassSectionDocuments.Kind, read.Values.Select(one => one.Document.Section.Value), attemptToken));
                    foreach (var one in read.Values)
                    {
                        var key = context.KeyOf(one.Document.SourcedId).Value;
                        writing.Write(changes, one, one.Document with
                        {
                            EndedAt = classes is not null && !classes.Contains(key) ? one.Document.EndedAt ?? context.Now : one.Document.EndedAt,
                            Enrollments = enrollments is not null && !enrollments.Contains(key) ? [.. one.Document.Enrollments.Select(part => part with { EndedOn = part.EndedOn ?? today })] : one.Document.Enrollments,
                        });
                    }

                    await writing.TellAsync(changes, attemptToken);
                },
                cancellationToken);
        }
    }

    // The records that a bulk file names; null when the file is none.
    private HashSet<UInt128>? There(RosterFile file, string column, ImportStep step, CancellationToken cancellationToken) => context.ModeOf(file) == PackMode.Bulk
        ? [.. context.Rows(file, step, column, cancellationToken).Select(row => context.KeyOf(row[column]).Value)]
        : null;
}
