using SkillBadges.App.Jobs;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Bulk;

/// <summary>Does the passes of bulk jobs.</summary>
internal sealed class BulkRuns(BulkWorks works, IPartialFiles files, Leases leases, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock)
    : LongRuns(BulkJobDocuments.Topic, leases, store, lifetime, clock)
{
    private readonly TimeProvider clock = clock;

    protected override Task RunAsync(string id, HeldLease held, CancellationToken cancellationToken)
    {
        var fenced = held.Fence();
        return new BulkRun(fenced, works.Over(fenced), files, clock).RunAsync(id, cancellationToken);
    }
}
