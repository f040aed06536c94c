using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Verification;

/// <summary>
/// Verifies throw-away credentials once the server listens: code that never ran takes a second or two to begin, and whoever asks first should
/// not wait for it. Once in a process; nothing is stored, fetched or logged.
/// </summary>
internal sealed partial class WarmUp(InstanceVerifier verifier, TimeProvider clock, IOptions<JsonOptions> json, IHostApplicationLifetime lifetime, ILogger<WarmUp> log) : BackgroundService
{
    // What has run often is compiled anew, but only after code has stopped to be new for a while.
    private const int Rounds = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private static int begun;

    /// <summary>Verifies one badge in each form, and looks at a graph that is hard to label; returns what it said of the badges.</summary>
    public async Task<IReadOnlyList<Verdict>> RunOnceAsync(CancellationToken cancellationToken)
    {
        var verdicts = new List<Verdict>();
        foreach (var form in await ThrowAwayBadge.MakeAsync(clock.Now(), cancellationToken))
        {
            var report = await verifier.VerifyAsync(form, cancellationToken);
            verdicts.Add(report.Verdict);
            JsonSerializer.SerializeToUtf8Bytes(VerificationAnswer.Of(report), json.Value.SerializerOptions);
        }

        HardGraph.Refuse();
        return verdicts;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = lifetime.ApplicationStarted.Register(listening.SetResult);
            await listening.Task.WaitAsync(stoppingToken);
            if (Interlocked.Exchange(ref begun, 1) == 1)
            {
                return;
            }

            for (var round = 0; round < Rounds; round++)
            {
                await RunOnceAsync(stoppingToken);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped before it was done.
        }
        catch (Exception e)
        {
            // Serving goes on: the first request then meets the same fault, or merely waits longer.
            LogFailure(e.GetType().FullName ?? "", e.StackTrace ?? "");
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Warming up failed with {Type}: {StackTrace}")]
    private partial void LogFailure(string type, string stackTrace);
}
