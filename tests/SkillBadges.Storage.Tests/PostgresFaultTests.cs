using System.Collections.Concurrent;
using System.Diagnostics;
using SkillBadges.Core;
using SkillBadges.Core.Storage;
using SkillBadges.Storage.Postgres;

namespace SkillBadges.Storage.Tests;

/// <summary>A server that is killed, and connections that are cut, while eight writers commit: what was confirmed is there once, and nothing twice.</summary>
public sealed class PostgresFaultTests : IAsyncLifetime
{
    private const int Writers = 8;

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"skillbadges-pg-{NewId.Random()}");
    private string server = "";

    public async Task InitializeAsync() => server = PostgresSchema.SkipReason is null ? await ScriptAsync("start") : "";

    public async Task DisposeAsync()
    {
        if (server.Length > 0)
        {
            await ScriptAsync("stop");
        }
    }

    [ContractFact]
    public async Task A_server_that_falls_silent_for_a_second_and_is_killed_three_times_loses_and_doubles_nothing() => await WriteWhileAsync(async () =>
    {
        await ScriptAsync("silence");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await ScriptAsync("wake");
        for (var i = 0; i < 3; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(700));
            await ScriptAsync("crash");
        }
    });

    [ContractFact]
    public async Task Connections_that_are_cut_again_and_again_lose_and_double_nothing() => await WriteWhileAsync(async () =>
    {
        await using var cutter = new Npgsql.NpgsqlConnection($"{server};Application Name=cutter");
        await cutter.OpenAsync();
        for (var i = 0; i < 60; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(40));
            await using var cut = new Npgsql.NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'skillbadges'", cutter);
            await cut.ExecuteNonQueryAsync();
        }
    });

    private async Task WriteWhileAsync(Func<Task> trouble)
    {
        await using var store = await PostgresStore.OpenAsync(server, Samples.Kinds, TimeProvider.System, CancellationToken.None);
        await store.CommitAsync(Enumerable.Range(0, Writers).Aggregate(new Changes(), (changes, i) => changes.Add(Samples.Kind, new Sample($"counter{i}"))), CancellationToken.None);
        var (confirmed, refused, surprises) = (new ConcurrentDictionary<string, int>(), new ConcurrentBag<string>(), new ConcurrentBag<Exception>());
        using var end = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));

        await trouble();
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        await end.CancelAsync();
        await writing;

        Assert.Empty(surprises);
        Assert.True(confirmed.Count > 50, $"Only {confirmed.Count} commits were confirmed.");
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var read in store.AllAsync(Samples.Kind, Samples.ByLearner.Where("ana"), CancellationToken.None))
        {
            found.Add(read.Id, read.Document.Rank);
        }

        Assert.Empty(confirmed.Keys.Except(found.Keys));
        for (var i = 0; i < Writers; i++)
        {
            // Each commit added one document and counted it: a doubled or half commit would part the two.
            Assert.Equal(found.Keys.Count(id => id.StartsWith($"w{i}-", StringComparison.Ordinal)), found[$"counter{i}"]);
        }

        async Task WriteAsync(int writer)
        {
            for (var number = 0; !end.IsCancellationRequested; number++)
            {
                var id = $"w{writer}-{number}";
                try
                {
                    var counter = await store.GetAsync(Samples.Kind, $"counter{writer}", "sample", CancellationToken.None);
                    var changes = new Changes().Add(Samples.Kind, new Sample(id)).Replace(Samples.Kind, counter, counter.Document with { Rank = counter.Document.Rank + 1 });
                    await store.CommitAsync(changes, CancellationToken.None);
                    confirmed[id] = writer;
                }
                catch (RefusedException refusal) when (refusal.Kind == RefusalKind.Unavailable)
                {
                    refused.Add(refusal.Code);
                }
                catch (Exception surprise)
                {
                    // Among them: that the id is taken or the version is another, which a commit done twice would say.
                    surprises.Add(surprise);
                    return;
                }
            }
        }
    }

    private async Task<string> ScriptAsync(string verb)
    {
        var script = Path.Combine(RepositoryRoot.Path, "tests", "postgres");
        using var process = Process.Start(new ProcessStartInfo("bash", [script, verb, folder]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output ?? "" : throw new InvalidOperationException($"tests/postgres {verb} ended with {process.ExitCode}.");
    }
}
