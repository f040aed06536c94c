using System.Collections.Concurrent;
using SkillBadges.App.Jobs;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

/// <summary>
/// Does the work of imports in this process. A pack takes longer than a message may: the handler looks whether the work is done and else sends itself another message, which is also what goes on after the process was killed.
/// Each import is the work of one node at a time, by a lease.
/// </summary>
internal sealed class RosterRuns(Leases leases, Authority authority, IPartialFiles files, InstanceAddress address, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock) : IOutboxHandler
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Lazy<Task>> runs = new(StringComparer.Ordinal);

    public string Topic => RosterImportDocuments.Topic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        var run = runs.GetOrAdd(subject, id => new(() => Task.Run(() => RunAsync(id, lifetime.ApplicationStopping), CancellationToken.None))).Value;
        if (await Task.WhenAny(run, Task.Delay(Look, clock, cancellationToken)) == run)
        {
            runs.TryRemove(subject, out _);
            await run;
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        await store.CommitAsync(new Changes().Send(RosterImportWorkflow.Message(subject, clock.Now() + Pause)), cancellationToken);
    }

    private async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(RosterImportDocuments.Kind, id, cancellationToken) is null)
        {
            return;
        }

        if (await leases.TryTakeAsync($"roster-import:{id}", cancellationToken) is not { } held)
        {
            // Another node is at it; whether it lives is asked again with the next message.
            await store.CommitAsync(new Changes().Send(RosterImportWorkflow.Message(id, clock.Now() + Leases.Duration)), cancellationToken);
            return;
        }

        await using (held)
        {
            using var untilLost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
            var commits = new Commits(held.Fence(), clock);
            await new RosterImportWorkflow(commits, authority, files, address, clock).CheckAsync(id, untilLost.Token);
            await new RosterApply(commits, authority, files, address, clock).RunAsync(id, untilLost.Token);
        }
    }
}
