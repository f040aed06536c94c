using System.Diagnostics;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>
/// Killed at every durable step from work to badge, refused or left without an answer at any call of the store: whatever was confirmed is there once, and every invariant holds.
/// </summary>
public sealed class FaultPointTests(ITestOutputHelper output)
{
    /// <summary>Every step, in the order of the way. Indexes are leased for many badges at once, by a process that has none left: they are next to points that leave it none.</summary>
    private static readonly string[] steps =
    [
        "begin.before", "begin.after", "keep-file.before", "keep-file.after", "evidence.before", "evidence.after", "turn-in.before", "turn-in.after",
        "decide.before", "decide.after", "lease-index.before", "sign.before", "lease-index.after", "store-credential.before", "store-credential.after",
        "take-message.after", "complete-message.before", "complete-message.after",
    ];

    private static readonly string[] revocation = ["revoke.before", "revoke.after", "publish.before", "publish.after"];

    [Fact]
    public Task Killed_once_at_every_step() => KillAsync(isPostgres: false, rounds: 1, steps, revocation);

    [PostgresFact]
    public Task Killed_once_around_what_counts_over_PostgreSQL() =>
        KillAsync(isPostgres: true, rounds: 1, ["turn-in.after", "decide.before", "decide.after", "sign.before", "store-credential.after"], ["publish.before"]);

    [LongTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public Task Killed_twenty_times_at_every_step(int part) => KillAsync(isPostgres: false, rounds: 4, steps, revocation, part);

    [LongPostgresTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public Task Killed_twenty_times_at_every_step_over_PostgreSQL(int part) => KillAsync(isPostgres: true, rounds: 4, steps, revocation, part);

    [Fact]
    public Task Refused_at_many_calls_of_the_store_and_with_a_signer_that_is_away_and_a_clock_that_jumps() => FailAsync(isPostgres: false, FaultPlan.AnyCall, stride: 24, async days =>
    {
        await days.SignerDownAsync(TimeSpan.FromSeconds(2), decisions: 2);

        // Ahead by a day, and so back by a day afterwards.
        await days.ClockJumpsAsync(TimeSpan.FromDays(1));
    });

    [PostgresFact]
    public Task Refused_at_many_calls_of_the_store_over_PostgreSQL() => FailAsync(isPostgres: true, FaultPlan.AnyCall, stride: 30);

    [LongFact]
    public Task Refused_at_every_call_of_the_store() => FailAsync(isPostgres: false, FaultPlan.AnyCall, stride: 1);

    [LongPostgresFact]
    public Task Refused_at_every_call_of_the_store_over_PostgreSQL() => FailAsync(isPostgres: true, FaultPlan.AnyCall, stride: 1);

    [Fact]
    public Task Left_without_an_answer_after_every_commit() => FailAsync(isPostgres: false, FaultPlan.LostAnswer, stride: 1);

    [PostgresFact]
    public Task Left_without_an_answer_after_every_commit_over_PostgreSQL_and_with_keys_that_change_under_a_file_of_awards() =>
        FailAsync(isPostgres: true, FaultPlan.LostAnswer, stride: 1, async days => Assert.True(await days.RotateUnderBulkAsync(200, "wall-framing", TimeSpan.FromMilliseconds(300)) > 1));

    [LongFact]
    public Task A_signer_that_is_away_for_a_minute_and_clocks_that_jump_by_a_second_to_a_year() => HardDaysAsync(isPostgres: false, LongDaysAsync);

    [LongPostgresFact]
    public Task The_same_over_PostgreSQL() => HardDaysAsync(isPostgres: true, LongDaysAsync);

    [LongFact]
    public Task Keys_that_change_under_ten_thousand_awards() => HardDaysAsync(isPostgres: false, RotateAsync);

    [LongPostgresFact]
    public Task Keys_that_change_under_ten_thousand_awards_over_PostgreSQL() => HardDaysAsync(isPostgres: true, RotateAsync);

    private async Task KillAsync(bool isPostgres, int rounds, string[] onTheWay, string[] onTheWayBack, int? part = null)
    {
        var took = Stopwatch.StartNew();
        await using var server = await FaultServer.StartAsync(isPostgres);
        var way = new BadgeWay(server);
        await RequireAllStepsAsync(server, way);
        var kills = 0;
        for (var round = 0; round < rounds; round++)
        {
            foreach (var step in onTheWay)
            {
                await ArmAsync(server, step);
                await way.EarnAsync();
                await RequireKilledAsync(server, step, ++kills);
            }

            foreach (var step in onTheWayBack)
            {
                var (_, award) = await way.EarnAsync();
                await ArmAsync(server, step);
                await way.RevokeAsync(award);
                await RequireKilledAsync(server, step, ++kills);
            }
        }

        await way.RequireAllAsync();
        Assert.Equal(rounds * (onTheWay.Length + onTheWayBack.Length), server.Restarts);
        output.WriteLine($"{(part is null ? "" : $"part {part}: ")}{onTheWay.Length + onTheWayBack.Length} points x {rounds}, {(isPostgres ? "PostgreSQL" : "SQLite")}: {server.Restarts} kills, nothing lost or doubled, every invariant held; {took.Elapsed.TotalSeconds:0} s");
    }

    // A step that somebody adds shows as a point that no test kills at.
    private static async Task RequireAllStepsAsync(FaultServer server, BadgeWay way)
    {
        await server.TellAsync("clear");
        var (_, award) = await way.EarnAsync();
        await way.RevokeAsync(award);
        for (var tries = 0; ; tries++)
        {
            var reached = (await server.TellAsync("points")).Split(' ').Where(point => !point.StartsWith("other.", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
            if (reached.Contains("publish.after") || tries > 200)
            {
                Assert.Equal(steps.Concat(revocation).Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
                return;
            }

            await Task.Delay(100);
        }
    }

    private static async Task ArmAsync(FaultServer server, string step) => Assert.Equal("armed", await server.TellAsync($"arm {step} 1"));

    private static async Task RequireKilledAsync(FaultServer server, string step, int kills)
    {
        // What happens behind the answer may come a few seconds after it.
        if (server.Restarts < kills)
        {
            Assert.True(await server.DiesAsync(TimeSpan.FromSeconds(30)), $"{step} was not reached.");
            await server.ReviveAsync();
        }

        await RequireHoldsAsync(server, step);
    }

    private static async Task RequireHoldsAsync(FaultServer server, string after) => Assert.Equal($"{after}: holds", $"{after}: {await server.TellAsync("check")}");

    private static async Task LongDaysAsync(HardDays days)
    {
        await days.SignerDownAsync(TimeSpan.FromMinutes(1), decisions: 20);
        var now = TimeProvider.System.GetUtcNow();
        var year = new DateTimeOffset(now.Year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero) - now - TimeSpan.FromSeconds(1);
        await days.ClockJumpsAsync([.. ((int[])[1, 300, 86_400]).SelectMany(seconds => (TimeSpan[])[TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(-seconds)]), year]);
    }

    private async Task RotateAsync(HardDays days) => output.WriteLine($"keys changed {await days.RotateUnderBulkAsync(10_000, "wall-framing", TimeSpan.FromSeconds(3))} times");

    private async Task HardDaysAsync(bool isPostgres, Func<HardDays, Task> play)
    {
        var took = Stopwatch.StartNew();
        await using var server = await FaultServer.StartAsync(isPostgres);
        var way = new BadgeWay(server);
        await play(new(server, way));
        await way.RequireAllAsync();
        Assert.Equal(0, server.Restarts);
        output.WriteLine($"{(isPostgres ? "PostgreSQL" : "SQLite")}: every invariant held; {took.Elapsed.TotalSeconds:0} s");
    }

    private async Task FailAsync(bool isPostgres, string fault, int stride, Func<HardDays, Task>? then = null)
    {
        var took = Stopwatch.StartNew();
        await using var server = await FaultServer.StartAsync(isPostgres);
        var way = new BadgeWay(server);
        await way.EarnAsync();
        var faults = 0;
        for (var call = 1; ; call += stride)
        {
            await server.TellAsync($"arm {fault} {call}");
            var (_, award) = await way.EarnAsync();
            if (fault == FaultPlan.LostAnswer)
            {
                await way.RevokeAsync(award);
            }

            var wasUsed = await server.TellAsync("disarm") == "used";
            await RequireHoldsAsync(server, $"call {call}");
            if (!wasUsed)
            {
                break;
            }

            faults++;
        }

        await (then?.Invoke(new(server, way)) ?? Task.CompletedTask);
        await way.RequireAllAsync();
        Assert.Equal(0, server.Restarts);
        Assert.True(faults > 4, $"Only {faults} faults came.");
        output.WriteLine($"{(fault == FaultPlan.AnyCall ? $"every {stride}. call of the store failed" : "every commit's answer lost")}, {(isPostgres ? "PostgreSQL" : "SQLite")}: {faults} faults, every invariant held; {took.Elapsed.TotalSeconds:0} s");
    }
}
