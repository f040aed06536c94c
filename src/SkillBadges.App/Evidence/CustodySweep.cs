using SkillBadges.App.Jobs;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
using SkillBadges.Core.Sharing.Keeping;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Evidence;

/// <summary>Every ten minutes removes uploads whose time has come; files of rows stay while their jobs may run.</summary>
internal sealed partial class UploadSweep(UploadWorkflow uploads, BulkJobWorkflow jobs, Leases leases, TimeProvider clock, ILogger<UploadSweep> log)
    : ElectedSweep("uploads", TimeSpan.FromMinutes(10), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken) => LogRemoved(await uploads.RemoveExpiredAsync(jobs.NeedsFileAsync, cancellationToken));

    [LoggerMessage(2, LogLevel.Information, "Removed {Uploads} expired uploads")]
    private partial void LogRemoved(int uploads);
}

/// <summary>Twice a day erases files of proof whose time is over.</summary>
internal sealed partial class RetentionSweep(EvidenceKeeping keeping, Leases leases, TimeProvider clock, ILogger<RetentionSweep> log)
    : ElectedSweep("retention", TimeSpan.FromHours(12), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken) => LogErased(await keeping.SweepAsync(cancellationToken));

    [LoggerMessage(2, LogLevel.Information, "Erased {Files} files of proof that were kept for as long as their schools have set")]
    private partial void LogErased(int files);
}

/// <summary>Every six hours looks for bytes that nothing refers to.</summary>
internal sealed partial class CustodySweep(ContentRelease release, Leases leases, TimeProvider clock, ILogger<CustodySweep> log)
    : ElectedSweep("custody", TimeSpan.FromHours(6), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken) => LogRemoved(await release.SweepAsync(cancellationToken));

    [LoggerMessage(2, LogLevel.Information, "Removed {Files} files that nothing refers to")]
    private partial void LogRemoved(int files);
}
