using SkillBadges.Core.Storage;

namespace SkillBadges.App.Jobs;

/// <summary>Work that comes round again: each time one of the nodes does it. When that one dies in the middle, another begins anew within seconds of the next look.</summary>
internal abstract partial class ElectedSweep(string name, TimeSpan every, Leases leases, TimeProvider clock, ILogger log) : Rounds(every < LongestLook ? every : LongestLook, clock)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(1);

    /// <summary>One round; may be cut short at any moment and done again.</summary>
    protected abstract Task SweepAsync(CancellationToken cancellationToken);

    protected override void LogFailed(Exception cause) => LogFailed(name, cause.GetType().FullName ?? "", cause.StackTrace ?? "");

    protected override async Task RoundAsync(CancellationToken cancellationToken)
    {
        var begun = Clock.Now();
        if (await leases.TryTakeAsync($"sweep:{name}", cancellationToken) is not { } held)
        {
            return;
        }

        await using (held)
        {
            using var untilLost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
            var (isDone, started) = (false, Clock.GetTimestamp());
            using var activity = JobMeters.BeginSweep(name);
            try
            {
                await SweepAsync(untilLost.Token);
                isDone = true;
            }
            finally
            {
                JobMeters.Swept(name, isDone, Clock.GetElapsedTime(started));

                // Half the tick earlier, so that a tick that comes a moment too soon does not wait for another whole one.
                await held.ReleaseAsync(begun + every - (every < LongestLook ? every : LongestLook) / 2);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The sweep {Name} failed with {Type}; it will be tried again: {StackTrace}")]
    private partial void LogFailed(string name, string type, string stackTrace);
}
