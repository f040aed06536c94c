using SkillBadges.Core.OneRoster.Files;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Importing;

/// <summary>
/// Applies a checked pack step by step. A step that was cut short is done again from its beginning: its batches find what is stored already and write the rest, so that an import killed at any moment ends as if it had run through.
/// </summary>
public sealed class RosterApply(Commits commits, Authority authority, IPartialFiles files, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Does the steps that are left; the import as it is then.</summary>
    public async Task<RosterImport> RunAsync(string id, CancellationToken cancellationToken)
    {
        var import = (await store.GetAsync(RosterImportDocuments.Kind, id, "roster-import", cancellationToken)).Document;
        if (import.State != ImportState.Applying)
        {
            return import;
        }

        await using var bytes = files.OpenToRead(import.Id);
        using var pack = bytes is null ? null : RosterPack.Open(bytes, new(), new());
        if (pack is null)
        {
            return await SaveAsync(id, now => now with { State = ImportState.Stopped, StopCode = "file.not-found" }, cancellationToken);
        }

        var context = new ImportContext(import, pack, commits, authority, clock);
        try
        {
            while (import.State == ImportState.Applying)
            {
                var step = ImportSteps.Of(import)[import.Step];
                await RunAsync(context, step, cancellationToken);
                import = await SaveAsync(id, now => Done(now, clock.Now()), cancellationToken);
            }

            return import;
        }
        catch (RefusedException no) when (no.Kind == RefusalKind.Forbidden)
        {
            return await SaveAsync(id, now => now with { State = ImportState.Stopped, StopCode = no.Code }, cancellationToken);
        }
    }

    private static RosterImport Done(RosterImport import, DateTimeOffset at)
    {
        var done = import with { Step = import.Step + 1 };
        return done.Step < done.Steps ? done : done with { State = ImportState.Applied, EndedAt = at };
    }

    private Task RunAsync(ImportContext context, ImportStep step, CancellationToken cancellationToken) => step.Phase switch
    {
        ImportPhase.Orgs => new SimpleSteps(context, new(store, address)).OrgsAsync(step, cancellationToken),
        ImportPhase.Sessions => new SimpleSteps(context, new(store, address)).SessionsAsync(step, cancellationToken),
        ImportPhase.Courses => new SimpleSteps(context, new(store, address)).CoursesAsync(step, cancellationToken),
        ImportPhase.Users => new UserStep(context, new(context)).RunAsync(step, cancellationToken),
        ImportPhase.Agents => new AgentStep(context).RunAsync(step, cancellationToken),
        ImportPhase.Classes => new ClassStep(context).RunAsync(step, cancellationToken),
        ImportPhase.UsersGone => new GoneSteps(context).UsersAsync(step, cancellationToken),
        _ => new GoneSteps(context).ClassesAsync(step, cancellationToken),
    };

    private Task<RosterImport> SaveAsync(string id, Func<RosterImport, RosterImport> change, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(RosterImportDocuments.Kind, id, "roster-import", attemptToken);
            var changed = change(read.Document);
            return new Outcome<RosterImport>(new Changes().Replace(RosterImportDocuments.Kind, read, changed), changed, id);
        },
        cancellationToken);
}
