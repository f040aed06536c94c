namespace SkillBadges.App.Jobs;

/// <summary>Work that every node does at its start and each time its time has come round. A round that fails is said, and the next one comes all the same.</summary>
internal abstract class Rounds(TimeSpan every, TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected abstract Task RoundAsync(CancellationToken cancellationToken);

    /// <summary>Says in the log that a round failed.</summary>
    protected abstract void LogFailed(Exception cause);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, clock);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
