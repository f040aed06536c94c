using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.App.Tests.House;
using SkillBadges.Core;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Issuing;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Faults;

/// <summary>PostgreSQL falls silent, and is killed, under eight who approve: each sends its request again until it is answered, and what was confirmed is there once.</summary>
public sealed class StoreDownTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int AtOnce = 8;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-down-");
    private readonly string cluster = Path.Combine(Path.GetTempPath(), $"skillbadges-pg-{NewId.Random()}");
    private string database = "";

    private string Data => Path.Combine(folder.FullName, "data");

    public async Task InitializeAsync() => database = PostgresSchema.SkipReason is null ? await ScriptAsync("start") : "";

    public async Task DisposeAsync()
    {
        if (database.Length > 0)
        {
            await ScriptAsync("stop");
        }

        folder.Delete(recursive: true);
    }

    [LongPostgresFact]
    public Task Silent_for_a_second_and_then_killed_it_loses_and_doubles_nothing() => PlayAsync(1);

    [LongPostgresFact]
    public Task Nor_when_it_is_silent_for_ten_seconds_and_a_minute() => PlayAsync(10, 60);

    private async Task PlayAsync(params int[] silences)
    {
        using var server = new ServerProcess(Data, database);
        await server.StartAsync();
        await KillTests.SignAtOnceAsync(server);
        var work = await KillTests.QueueAsync(server);
        using var teacher = server.Visitor();
        await teacher.SignInAsync("ms.rivera", default);
        var (confirmed, longest, again) = (new ConcurrentDictionary<string, string>(StringComparer.Ordinal), TimeSpan.Zero, 0);
        var troubles = silences.Length + 1;
        var approving = Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (submission, cancellationToken) =>
        {
            for (var begun = Stopwatch.StartNew(); ;)
            {
                try
                {
                    var answer = await teacher.PostAsync($"/api/submissions/{submission}/decisions", new JsonObject { ["attempt"] = 1, ["outcome"] = "approved" }, $"approve-{submission}", cancellationToken);
                    confirmed[submission] = answer["decision"]!["id"]!.GetValue<string>();
                    longest = begun.Elapsed > longest ? begun.Elapsed : longest;
                    return;
                }
                catch (Exception e) when (begun.Elapsed < TimeSpan.FromMinutes(3) && (LostAnswer.Is(e) || e is OperationCanceledException || (e is DemoStepFailedException failed && failed.Message[0] == '5')))
                {
                    Interlocked.Increment(ref again);
                    await Task.Delay(200, cancellationToken);
                }
            }
        });

        for (var trouble = 0; trouble < troubles; trouble++)
        {
            await ConfirmedAsync(approving, confirmed, work.Count * (trouble + 1) / (troubles + 2));
            if (trouble == silences.Length)
            {
                await ScriptAsync("crash");
                continue;
            }

            await ScriptAsync("silence");
            await Task.Delay(TimeSpan.FromSeconds(silences[trouble]));
            await ScriptAsync("wake");
        }

        await approving;
        await using (var store = await OpenAsync())
        {
            for (var waited = Stopwatch.StartNew(); await store.Documents.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 1, default) > 0;)
            {
                Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "Some badges are never signed.");
                await Task.Delay(100);
            }

            await server.KillAsync();
            var report = await new StoreCheck(store.Documents, store.Whole, store.Files).RunAsync(default);
            Assert.Empty(report.Found.Select(broken => $"{broken.Invariant} {broken.Document}: {broken.What}"));
        }

        Assert.Equal(work.Count, confirmed.Count);
        await KillTests.CheckAsync(Data, database, confirmed);
        output.WriteLine($"silent for {string.Join(", ", silences)} s and killed once under {AtOnce} at once: {confirmed.Count} approvals, {again} requests sent again, the longest wait {longest.TotalSeconds:0.0} s; every invariant held");
    }

    private static async Task ConfirmedAsync(Task approving, ConcurrentDictionary<string, string> confirmed, int count)
    {
        while (confirmed.Count < count)
        {
            if (approving.IsCompleted)
            {
                await approving;
            }

            await Task.Delay(5);
        }
    }

    private Task<OpenedStore> OpenAsync() => OpenedStore.OpenAsync(ServerProcess.SettingsOf(Data, database), TimeProvider.System, default);

    private async Task<string> ScriptAsync(string verb)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "tests", "postgres"), verb, cluster]) { RedirectStandardOutput = true })!;
        var said = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        Assert.Equal(0, script.ExitCode);
        return said.Trim();
    }
}
