using SkillBadges.App.Jobs;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;
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

/// <summary>Every six hours looks for bytes that nothing refers to.</summary>
internal sealed partial class CustodySweep(ContentRelease release, Leases leases, TimeProvider clock, ILogger<CustodySweep> log)
    : ElectedSweep("custody", TimeSpan.FromHours(6), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken) => LogRemoved(await release.SweepAsync(cancellationToken));

    [LoggerMessage(2, LogLevel.Information, "Removed {Files} files that nothing refers to")]
    private partial void LogRemoved(int files);
}
