using SkillBadges.App.Jobs;
using SkillBadges.Core.OneRoster.Importing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.OneRoster;

/// <summary>Looks every hour for classes in which somebody's part began or ended today.</summary>
internal sealed partial class RosterDayWatch(RosterDayTurn turn, Leases leases, TimeProvider clock, ILogger<RosterDayWatch> log)
    : ElectedSweep("roster-day", TimeSpan.FromHours(1), leases, clock, log)
{
    protected override async Task SweepAsync(CancellationToken cancellationToken) => LogChanged(await turn.RunAsync(cancellationToken));

    [LoggerMessage(2, LogLevel.Information, "{Classes} classes of rosters changed with the day")]
    private partial void LogChanged(int classes);
}
