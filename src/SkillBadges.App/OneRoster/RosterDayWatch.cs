using SkillBadges.Core.OneRoster.Importing;

namespace SkillBadges.App.OneRoster;

/// <summary>Looks every hour for classes in which somebody's part began or ended today.</summary>
internal sealed partial class RosterDayWatch(RosterDayTurn turn, TimeProvider clock, ILogger<RosterDayWatch> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var changed = await turn.RunAsync(stoppingToken);
                LogChanged(changed);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.GetType().FullName ?? "", e.StackTrace ?? "");
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Classes} classes of rosters changed with the day")]
    private partial void LogChanged(int classes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The change of the day in rosters failed with {Type}: {StackTrace}")]
    private partial void LogFailed(string type, string stackTrace);
}
