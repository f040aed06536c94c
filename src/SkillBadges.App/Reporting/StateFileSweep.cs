using SkillBadges.App.Jobs;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Reporting;

/// <summary>Names as failed the state files whose making a crash cut short.</summary>
internal sealed partial class StateFileSweep(StateFileWorkflow files, Leases leases, TimeProvider clock, ILogger<StateFileSweep> log) : ElectedSweep("state-files", TimeSpan.FromMinutes(5), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (await files.FailOldAsync(cancellationToken) is > 0 and var count)
        {
            LogFailed(count);
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "The making of {Count} state files was cut short; they are named as failed.")]
    private partial void LogFailed(int count);
}
