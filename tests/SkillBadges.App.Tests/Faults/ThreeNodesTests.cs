using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Demo;
using SkillBadges.Benchmarks.Load;
using SkillBadges.Core.Bulk;
using SkillBadges.Core.Checking;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Faults;

/// <summary>Three nodes over one PostgreSQL under approvals and a file of awards, each killed in turn and started again: each request goes to another node until it is answered.</summary>
public sealed class ThreeNodesTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Nodes = 3;
    private const int AtOnce = 6;
    private const int Work = 9_000;
    private const string FileBadge = "wall-framing";

    private static readonly TimeSpan TakenOver = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("skillbadges-three-");
    private readonly List<ServerProcess> nodes = [];
    private PostgresSchema? schema;

    public async Task InitializeAsync()
    {
        if (PostgresSchema.Server is null || Environment.GetEnvironmentVariable("TESTS_LONG") != "1")
        {
            return;
        }

        schema = await PostgresSchema.CreateAsync();
        for (var number = 0; number < Nodes; number++)
        {
            if (number > 0)
            {
                Directory.CreateDirectory(DataOf(number));
                Directory.CreateDirectory($"{DataOf(number)}.keys");
                File.Copy(Path.Combine(DataOf(0), "this-is-demo-data"), Path.Combine(DataOf(number), "this-is-demo-data"));
                File.Copy($"{DataOf(0)}.keys/key-encryption.key", $"{DataOf(number)}.keys/key-encryption.key");
            }

            var node = new ServerProcess(DataOf(number), schema.ConnectionString) { Environment = { ["SKILLBADGES_RATES__PERACCOUNT"] = "0", ["SKILLBADGES_RATES__PERADDRESS"] = "0" } };
            node.Environment["SKILLBADGES_BASEURL"] = (nodes.Count == 0 ? node : nodes[0]).BaseUrl.GetLeftPart(UriPartial.Authority);
            nodes.Add(node);
            await node.StartAsync();
        }

        await KillTests.SignAtOnceAsync(nodes[0]);
    }

    public async Task DisposeAsync()
    {
        nodes.ForEach(node => node.Dispose());
        await (schema?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Delete(recursive: true);
    }

    [LongPostgresFact]
    public async Task Five_minutes_of_load_while_nodes_are_killed_in_turn_lose_and_double_nothing()
    {
        var (job, work) = await SeedAsync();
        var queue = new ConcurrentQueue<string>(work);
        var confirmed = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var waits = new ConcurrentBag<TimeSpan>();
        using var ends = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var approving = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(number => Task.Run(() => ApproveAsync(number, queue, confirmed, waits, ends.Token))));
        var watching = Task.Run(() => WatchAsync(job));
        var kills = await KillInTurnAsync(ends.Token);
        await approving;
        var gaps = await watching;
        await using (var opened = await OpenAsync())
        {
            for (var waited = Stopwatch.StartNew(); await opened.Documents.CountAsync(IssuanceIntentDocuments.Kind, IssuanceIntentDocuments.Open.Where(), 1, default) > 0; await Task.Delay(100))
            {
                Assert.True(waited.Elapsed < TimeSpan.FromMinutes(2), "Some badges are never signed.");
            }

            foreach (var node in nodes)
            {
                await node.KillAsync();
            }

            var report = await new StoreCheck(opened.Documents, opened.Whole, opened.Files).RunAsync(default);
            Assert.Empty(report.Found.Select(broken => $"{broken.Invariant} {broken.Document}: {broken.What}"));
        }

        await KillTests.CheckAsync(DataOf(0), schema!.ConnectionString, confirmed);
        output.WriteLine($"{Nodes} nodes, {kills} kills within 5 minutes: {confirmed.Count} approvals by {AtOnce} at once, the longest wait for one {waits.Max().TotalSeconds:0.0} s; a file of {Work} awards changed hands {gaps.Count} times, within {gaps.DefaultIfEmpty().Max().TotalSeconds:0.0} s at most; every invariant held");
        Assert.True(kills >= Nodes, $"Only {kills} kills.");
        Assert.NotEmpty(gaps);
        Assert.All(gaps, gap => Assert.True(gap < TakenOver, $"Nobody was at the file for {gap}."));
    }

    // Work that waits, and a file of awards for the same learners that was tried and is begun.
    private async Task<(string Job, IReadOnlyList<string> Work)> SeedAsync()
    {
        using var teacher = await VisitorAsync(nodes[0]);
        var school = (await teacher.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
        await using var opened = await OpenAsync();
        var (work, learners) = await WaitingWork.TurnInAsync(opened.Documents, OrganizationId.From(school), PersonId.From(teacher.PersonId), Work, [FileBadge], TimeProvider.System, default);
        var file = Encoding.UTF8.GetBytes($"[{string.Join(',', learners.Select(learner => $"{{\"learner\":\"{learner}\"}}"))}]");
        var job = (await teacher.SendFileAsync($"/api/bulk-awards?organizationId={school}&badge={FileBadge}", "application/json", file, default))["id"]!.GetValue<string>();
        for (var state = ""; state != "checked"; await Task.Delay(200))
        {
            state = (await teacher.FetchAsync($"/api/bulk-jobs/{job}", default))["state"]!.GetValue<string>();
        }

        await teacher.PostAsync($"/api/bulk-jobs/{job}/run", null, default);
        return (job, work);
    }

    private async Task<int> KillInTurnAsync(CancellationToken ends)
    {
        var kills = 0;
        try
        {
            for (; ; kills++)
            {
                await Task.Delay(Between, ends);
                var node = nodes[kills % Nodes];
                await node.KillAsync();
                await Task.Delay(Down, CancellationToken.None);
                await node.StartAsync();
            }
        }
        catch (OperationCanceledException)
        {
            return kills;
        }
    }

    // Once begun, an approval is asked for until it is answered; the others stay for another day.
    private async Task ApproveAsync(int number, ConcurrentQueue<string> queue, ConcurrentDictionary<string, string> confirmed, ConcurrentBag<TimeSpan> waits, CancellationToken ends)
    {
        DemoClient? teacher = null;
        while (!ends.IsCancellationRequested && queue.TryDequeue(out var submission))
        {
            for (var begun = Stopwatch.StartNew(); ;)
            {
                try
                {
                    teacher ??= await VisitorAsync(nodes[number % Nodes]);
                    var answer = await teacher.PostAsync($"/api/submissions/{submission}/decisions", new JsonObject { ["attempt"] = 1, ["outcome"] = "approved" }, $"approve-{submission}", default);
                    confirmed[submission] = answer["decision"]!["id"]!.GetValue<string>();
                    waits.Add(begun.Elapsed);
                    break;
                }
                catch (Exception e) when (begun.Elapsed < TimeSpan.FromMinutes(2) && IsPassing(e))
                {
                    teacher?.Dispose();
                    teacher = null;
                    number++;
                    await Task.Delay(100, CancellationToken.None);
                }
            }

            await Task.Delay(150, CancellationToken.None);
        }

        teacher?.Dispose();
    }

    // Until the file's job is done: how long nobody was at it, from the last sign of life of the node that was to the moment when another took over.
    private async Task<List<TimeSpan>> WatchAsync(string job)
    {
        var (gaps, lease, alive) = (new List<TimeSpan>(), (Lease?)null, DateTimeOffset.MaxValue);
        var name = $"{BulkJobDocuments.Topic}:{job}";
        await using var opened = await OpenAsync();
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(100))
        {
            var term = await opened.Documents.FindAsync(LeaseDocuments.Terms, name, default);
            if (await opened.Documents.FindAsync(LeaseDocuments.Kind, name, default) is { } read)
            {
                if (lease is not null && read.Document.Node != lease.Node)
                {
                    gaps.Add(read.Document.TakenAt - alive);
                }

                (lease, alive) = (read.Document, term?.Document.At ?? alive);
            }

            var now = (await opened.Documents.FindAsync(BulkJobDocuments.Kind, job, default))!.Document;
            if (now.State == BulkState.Done)
            {
                Assert.Equal((Work, 0), (now.Succeeded, now.Refused));
                return gaps;
            }

            Assert.True(waited.Elapsed < TimeSpan.FromMinutes(15), $"{now.Passed} of {Work} awards after {waited.Elapsed}.");
        }
    }

    private static bool IsPassing(Exception e) =>
        LostAnswer.Is(e) || e is OperationCanceledException || (e is DemoStepFailedException failed && (failed.Message[0] == '5' || failed.Message.StartsWith("401", StringComparison.Ordinal)));

    private static async Task<DemoClient> VisitorAsync(ServerProcess node)
    {
        var visitor = node.Visitor();
        try
        {
            await visitor.SignInAsync("ms.rivera", default);
            return visitor;
        }
        catch
        {
            visitor.Dispose();
            throw;
        }
    }

    private string DataOf(int node) => Path.Combine(folder.FullName, $"node-{node}");

    private Task<OpenedStore> OpenAsync() => OpenedStore.OpenAsync(ServerProcess.SettingsOf(DataOf(0), schema!.ConnectionString), TimeProvider.System, default);
}
