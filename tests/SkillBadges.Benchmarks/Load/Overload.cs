using System.Diagnostics;
using System.Globalization;

namespace SkillBadges.Benchmarks.Load;

/// <summary>First what the server can do, then three times that for a while, then half of it: how it says no meanwhile, and how soon it is well again.</summary>
internal static class Overload
{
    private const int Times = 3;
    private const int AtOnce = 64;
    private const double RecoveryGoal = 30;

    // Well again is: for so many seconds on end nothing turned away and nothing slower than this.
    private const int Calm = 5;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    // More than four cores can do.
    private const int MostASecond = 600;

    public static async Task<int> RunAsync(string? database, int seconds, TextWriter output)
    {
        IReadOnlyList<string> waiting = [];
        var all = MostASecond * (LoadCommand.WarmSeconds + seconds + (int)RecoveryGoal);
        await using var server = await LoadedServer.StartAsync(
            database, async (store, school, teacher) => (waiting, _) = await WaitingWork.TurnInAsync(store, school, teacher, all, [], TimeProvider.System, CancellationToken.None));
        var approvals = new Approvals(server, waiting);
        await Pace.RunAsync(20, TimeSpan.FromSeconds(LoadCommand.WarmSeconds), _ => approvals.NextAsync());
        var capacity = await CapacityAsync(approvals);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{server.Engine}: {capacity:F0} approvals a second with {AtOnce} at once, for {LoadCommand.WarmSeconds} s"));

        var (over, took) = await Pace.RunAsync(Math.Min(Times * capacity, Pace.MostASecond), TimeSpan.FromSeconds(seconds), _ => approvals.NextAsync());
        await over.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{Times} times that for {seconds} s, {server.Engine}"), took, output);
        await output.WriteLineAsync($"    {over.TurnedAwayWithoutAWord} of {over.TurnedAway} that were turned away were not told when to come again");

        var (after, afterwards) = await Pace.RunAsync(capacity / 2, TimeSpan.FromSeconds(RecoveryGoal + Calm), _ => approvals.NextAsync());
        await after.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"half of it afterwards, {server.Engine}"), afterwards, output);
        var recovered = RecoveredAfter(after);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"    well again after {(recovered is { } second ? $"{second} s" : "longer than was looked")} ({Calm} seconds on end with nothing refused or slower than {Soon.TotalSeconds:F0} s); goal within {RecoveryGoal:F0} s: {(recovered <= RecoveryGoal ? "met" : "NOT met")}"));
        var exit = await LoadCommand.CompareAsync(server, approvals, output);
        return over.TurnedAwayWithoutAWord == 0 && over.Other == 0 && over.TurnedAway > 0 && recovered <= RecoveryGoal ? exit : 1;
    }

    private static async Task<double> CapacityAsync(Approvals approvals)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (clock.Elapsed.TotalSeconds < LoadCommand.WarmSeconds)
            {
                if ((await approvals.NextAsync()).Status is >= 200 and < 300)
                {
                    Interlocked.Increment(ref done);
                }
            }
        }));
        return done / clock.Elapsed.TotalSeconds;
    }

    // The first second from which on it was calm for long enough.
    private static int? RecoveredAfter(Tally tally)
    {
        var worst = tally.Replies.GroupBy(reply => (int)reply.Due.TotalSeconds).ToDictionary(second => second.Key, second => second.All(reply => reply.IsDone && reply.Took <= Soon));
        return Enumerable.Range(0, (int)RecoveryGoal + 1).Select(second => (int?)second).FirstOrDefault(second => Enumerable.Range(second!.Value, Calm).All(one => worst.GetValueOrDefault(one)));
    }
}
