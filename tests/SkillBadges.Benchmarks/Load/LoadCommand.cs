using System.Diagnostics;
using System.Globalization;
using SkillBadges.App.Issuing;
using SkillBadges.Core.Issuing;

namespace SkillBadges.Benchmarks.Load;

/// <summary><c>load</c>: the real program on loopback under requests at a pace, on one engine; afterwards its store is compared with what was confirmed.</summary>
internal static class LoadCommand
{
    public const string Usage = "load approvals|verify RATE SECONDS | load bulk AWARDS [BADGE] | load overload SECONDS | load gradebook RATE SECONDS [LEARNERS]; with postgres behind it over the cluster that TESTS_POSTGRES names";

    private const double ApprovalsGoal = 300;
    private const double ReadsGoal = 200;

    /// <returns>The exit code: 0 when nothing was lost, doubled or broken.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var isPostgres = args is [.., "postgres"];
        await using var schema = isPostgres ? await LoadSchema.CreateAsync() : null;
        if (isPostgres && schema is null)
        {
            await output.WriteLineAsync("TESTS_POSTGRES names no cluster; tests/postgres start FOLDER starts one and prints what belongs there.");
            return 2;
        }

        switch (isPostgres ? args[..^1] : args)
        {
            case ["approvals", var rate, var seconds]:
                return await ApprovalsAsync(schema?.Connection, Number(rate), Number(seconds), output);
            case ["bulk", var awards]:
                return await Bulk.RunAsync(schema?.Connection, Number(awards), null, output);
            case ["bulk", var awards, var badge]:
                return await Bulk.RunAsync(schema?.Connection, Number(awards), badge, output);
            case ["overload", var seconds]:
                return await Overload.RunAsync(schema?.Connection, Number(seconds), output);
            case ["verify", var rate, var seconds]:
                return await Reads.VerifyAsync(schema?.Connection, Number(rate), Number(seconds), ReadsGoal, output);
            case ["gradebook", var rate, var seconds]:
                return await Reads.GradebookAsync(schema?.Connection, Number(rate), Number(seconds), 650_000, ReadsGoal, output);
            case ["gradebook", var rate, var seconds, var learners]:
                return await Reads.GradebookAsync(schema?.Connection, Number(rate), Number(seconds), Number(learners), ReadsGoal, output);
            default:
                await output.WriteLineAsync(Usage);
                return 2;
        }
    }

    /// <summary>Stops the server, compares, and says what was found.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> CompareAsync(LoadedServer server, Approvals approvals, TextWriter output)
    {
        await approvals.SettleAsync();

        // What the answer did not wait for is signed by the sweep.
        await Task.Delay(IssuanceFinisher.Patience + (2 * IssuingSweep.Pause));
        var took = Stopwatch.StartNew();
        await using var opened = await server.StoppedAsync();
        var (lost, doubled, unsigned, broken) = await approvals.CompareAsync(opened);
        await output.WriteLineAsync($"    {approvals.Confirmed} decisions were confirmed: {lost} lost, {doubled} doubled, {unsigned} not signed; {broken.Count} places break an invariant ({took.Elapsed.TotalSeconds:0} s to look)");
        foreach (var one in broken.Take(20))
        {
            await output.WriteLineAsync($"      {one}");
        }

        return lost + doubled + unsigned + broken.Count == 0 ? 0 : 1;
    }

    public static string Judged(double milliseconds, double goal) =>
        string.Create(CultureInfo.InvariantCulture, $"    99 of 100 took at most {milliseconds:F0} ms; goal under {goal:F0}: {(milliseconds < goal ? "met" : "NOT met")}");

    private static async Task<int> ApprovalsAsync(string? database, int rate, int seconds, TextWriter output)
    {
        IReadOnlyList<string> waiting = [];

        // A tenth more, for what makes the code warm.
        var seeding = Stopwatch.StartNew();
        await using var server = await LoadedServer.StartAsync(
            database, async (store, school, teacher) => (waiting, _) = await WaitingWork.TurnInAsync(store, school, teacher, rate * (seconds + WarmSeconds), [], TimeProvider.System, CancellationToken.None));
        await output.WriteLineAsync($"{server.Engine}: {waiting.Count} pieces of work turned in within {seeding.Elapsed.TotalSeconds:0} s");
        var approvals = new Approvals(server, waiting);
        await Pace.RunAsync(rate / 2.0, TimeSpan.FromSeconds(WarmSeconds), _ => approvals.NextAsync());
        var (tally, took) = await Pace.RunAsync(rate, TimeSpan.FromSeconds(seconds), _ => approvals.NextAsync());
        await tally.WriteAsync($"single approvals, {rate} a second for {seconds} s, {server.Engine}", took, output);
        await output.WriteLineAsync(Judged(tally.Milliseconds(0.99), ApprovalsGoal));
        return await CompareAsync(server, approvals, output);
    }

    public const int WarmSeconds = 10;

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
