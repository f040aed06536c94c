using SkillBadges.App.Jobs;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

/// <summary>Does the work of imports.</summary>
internal sealed class RosterRuns(Leases leases, Authority authority, IPartialFiles files, InstanceAddress address, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock)
    : LongRuns(RosterImportDocuments.Topic, leases, store, lifetime, clock)
{
    private readonly TimeProvider clock = clock;

    protected override async Task RunAsync(string id, HeldLease held, CancellationToken cancellationToken)
    {
        var fenced = held.Fence();
        if (await fenced.FindAsync(RosterImportDocuments.Kind, id, cancellationToken) is null)
        {
            return;
        }

        var commits = new Commits(fenced, clock);
        await new RosterImportWorkflow(commits, authority, files, address, clock).CheckAsync(id, cancellationToken);
        await new RosterApply(commits, authority, files, address, clock).RunAsync(id, cancellationToken);
    }
}
