using SkillBadges.App.Jobs;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Bulk;

/// <summary>Does the passes of bulk jobs.</summary>
internal sealed class BulkRuns(BulkWorks works, IssuanceFinisher finisher, IPartialFiles files, Leases leases, IDocumentStore store, IHostApplicationLifetime lifetime, TimeProvider clock)
    : LongRuns(BulkJobDocuments.Topic, leases, store, lifetime, clock)
{
    private readonly TimeProvider clock = clock;

    protected override Task RunAsync(string id, HeldLease held, CancellationToken cancellationToken) =>
        new BulkRun(held.Fence(), works, finisher, files, clock).RunAsync(id, cancellationToken);
}
