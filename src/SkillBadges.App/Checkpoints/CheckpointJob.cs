using SkillBadges.App.Jobs;
using SkillBadges.Core.Checking;

namespace SkillBadges.App.Checkpoints;

/// <summary>Signs a checkpoint every minute and puts it outside the data. Each node does, into its own folder.</summary>
internal sealed partial class CheckpointJob(SignedCheckpoints workflow, Settings settings, TimeProvider clock, ILogger<CheckpointJob> log) : Rounds(Every, clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>What changed since the last time; nothing when no folder is set.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (settings.CheckpointFolder is { } folder)
        {
            await foreach (var next in workflow.WriteAsync(null, cancellationToken))
            {
                await new CheckpointFolder(folder).PutAsync(next, cancellationToken);
            }
        }
    }

    protected override Task RoundAsync(CancellationToken cancellationToken) => RunOnceAsync(cancellationToken);

    protected override void LogFailed(Exception cause) => LogFailure(cause.GetType().FullName ?? "", cause.StackTrace ?? "");

    [LoggerMessage(1, LogLevel.Error, "No checkpoint could be written: {Type}: {StackTrace}")]
    private partial void LogFailure(string type, string stackTrace);
}
