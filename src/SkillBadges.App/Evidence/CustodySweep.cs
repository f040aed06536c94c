using SkillBadges.Core.Evidence.Custody;
using SkillBadges.Core.Evidence.Uploads;

namespace SkillBadges.App.Evidence;

/// <summary>Every ten minutes removes uploads whose time has come; every six hours looks for bytes that nothing refers to.</summary>
internal sealed partial class CustodySweep(UploadWorkflow uploads, ContentRelease release, TimeProvider clock, ILogger<CustodySweep> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private const int LooksBetweenSweeps = 36;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        for (var look = 1; await timer.WaitForNextTickAsync(stoppingToken); look++)
        {
            try
            {
                var expired = await uploads.RemoveExpiredAsync(stoppingToken);
                var unreferenced = look % LooksBetweenSweeps == 0 ? await release.SweepAsync(stoppingToken) : 0;
                LogRemoved(expired, unreferenced);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().FullName ?? "", e.StackTrace ?? "");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Uploads} expired uploads and {Files} files that nothing refers to")]
    private partial void LogRemoved(int uploads, int files);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep over uploads and files failed with {Type}: {StackTrace}")]
    private partial void LogFailed(string type, string stackTrace);
}
