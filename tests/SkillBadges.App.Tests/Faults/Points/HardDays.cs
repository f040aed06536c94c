using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>What goes wrong around a server that lives: a signer that is away, a clock that jumps, keys that change under a file of awards. After each the check reads the whole store.</summary>
internal sealed class HardDays(FaultServer server, BadgeWay way)
{
    /// <summary>While nothing can be signed decisions are taken all the same; they are signed once when the signer is back.</summary>
    public async Task SignerDownAsync(TimeSpan down, int decisions)
    {
        await server.TellAsync("signer down");
        var waited = Stopwatch.StartNew();
        var waiting = new List<(string Student, string Award)>();
        for (var i = 0; i < decisions; i++)
        {
            var (student, _, award) = await way.DecideAsync();
            waiting.Add((student, award));
        }

        await Task.Delay(down > waited.Elapsed ? down - waited.Elapsed : TimeSpan.Zero);
        foreach (var (student, award) in waiting)
        {
            Assert.Equal("signing", await way.StateAsync(student, award));
        }

        await RequireHoldsAsync("signer down");
        await server.TellAsync("signer up");
        foreach (var (student, award) in waiting)
        {
            await way.SignedAsync(student, award);
        }

        await RequireHoldsAsync("signer back");
    }

    /// <summary>A badge is earned at each of these offsets, one after the other, and at the right time between them.</summary>
    public async Task ClockJumpsAsync(params TimeSpan[] offsets)
    {
        foreach (var offset in offsets)
        {
            foreach (var now in (TimeSpan[])[offset, TimeSpan.Zero])
            {
                await server.TellAsync(string.Create(CultureInfo.InvariantCulture, $"clock {(long)now.TotalSeconds}"));
                server.ForgetVisitors();
                var (_, award) = await way.EarnAsync();
                await way.RevokeAsync(award);
                await way.EarnAsync();
                await RequireHoldsAsync($"clock by {offset}, now by {now}");
            }
        }
    }

    /// <summary>A file of awards for as many learners, while the school's keys change again and again.</summary>
    /// <returns>How often they changed while the job ran.</returns>
    public async Task<int> RotateUnderBulkAsync(int rows, string badge, TimeSpan pause)
    {
        var school = await way.SchoolAsync();
        var teacher = await server.UntilDoneAsync("ms.rivera", visitor => Task.FromResult(visitor.PersonId));
        var learners = (await server.TellAsync($"enroll {school} {teacher} {rows}")).Split(' ');
        var file = Encoding.UTF8.GetBytes($"[{string.Join(',', learners.Select(learner => $"{{\"learner\":\"{learner}\"}}"))}]");
        var job = (await server.UntilDoneAsync("ms.rivera", visitor => visitor.SendFileAsync($"/api/bulk-awards?organizationId={school}&badge={badge}", "application/json", file, default)))["id"]!.GetValue<string>();
        var tried = await StateAsync(job, "checked", rows);
        Assert.Equal((rows, 0), (tried["succeeded"]!.GetValue<int>(), tried["refused"]!.GetValue<int>()));
        await server.UntilDoneAsync("ms.rivera", visitor => visitor.PostAsync($"/api/bulk-jobs/{job}/run", null, $"run-{job}", default));
        var rotations = 0;
        for (var done = false; !done; rotations++)
        {
            Assert.Equal("3", await server.TellAsync($"rotate {school}"));
            await Task.Delay(pause);
            done = await server.TellAsync("open") == "0" && (await JobAsync(job))["state"]!.GetValue<string>() == "done";
        }

        var ended = await StateAsync(job, "done", rows);
        Assert.Equal((rows, 0), (ended["succeeded"]!.GetValue<int>(), ended["refused"]!.GetValue<int>()));
        for (var tries = 0; await server.TellAsync("open") != "0"; tries++)
        {
            Assert.True(tries < 600, "Some badges are never signed.");
            await Task.Delay(100);
        }

        await RequireHoldsAsync("rotations");
        return rotations;
    }

    private Task<JsonNode> JobAsync(string job) => server.UntilDoneAsync("ms.rivera", visitor => visitor.FetchAsync($"/api/bulk-jobs/{job}", default));

    private async Task<JsonNode> StateAsync(string job, string state, int rows)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var now = await JobAsync(job);
            if (now["state"]!.GetValue<string>() == state)
            {
                return now;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30 + (rows / 20)), $"Never {state}: {now}");
            await Task.Delay(100);
        }
    }

    private async Task RequireHoldsAsync(string after) => Assert.Equal($"{after}: holds", $"{after}: {await server.TellAsync("check")}");
}
