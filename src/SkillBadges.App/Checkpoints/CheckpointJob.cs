using SkillBadges.Core.Checking;

namespace SkillBadges.App.Checkpoints;

/// <summary>Signs a checkpoint every minute and puts it outside the data. Each node does, into its own folder.</summary>
internal sealed partial class CheckpointJob(SignedCheckpoints workflow, Settings settings, TimeProvider clock, ILogger<CheckpointJob> log) : BackgroundService
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>One checkpoint; nothing when no folder is set.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (settings.CheckpointFolder is { } folder)
        {
            var signed = await workflow.WriteAsync(null, cancellationToken);
            await new CheckpointFolder(folder).PutAsync(signed, signed.Read(null)!.Number, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            do
            {
                await TryAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunOnceAsync(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailure(e.GetType().FullName ?? "", e.StackTrace ?? "");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "No checkpoint could be written: {Type}: {StackTrace}")]
    private partial void LogFailure(string type, string stackTrace);
}
