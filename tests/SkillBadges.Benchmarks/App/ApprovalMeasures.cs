using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SkillBadges.App;
using SkillBadges.App.Commands;
using SkillBadges.App.Demo;

namespace SkillBadges.Benchmarks.App;

/// <summary>What deciding takes over real HTTP: a teacher's queue one by one and at once against what the product promises, and approvals a second at several numbers of requests at once.</summary>
internal static class ApprovalMeasures
{
    private const int Runs = 5;
    private const int Queue = 150;
    private const int Bulk = 500;
    private const double QueueLimit = 60;
    private const double BulkLimit = 2;

    // Each has 75 pieces of work that wait for one teacher.
    private static readonly string[] Badges =
    [
        "python-fundamentals", "web-accessibility", "network-support", "graphic-design", "video-production", "bookkeeping-cycle", "wall-framing", "function-modeling", "greenhouse-propagation",
    ];

    public static async Task RunAsync(TextWriter output)
    {
        var (queues, bulks, requests) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            await WithQueueAsync(async (teacher, count, waiting) =>
            {
                var before = count.Sent;
                queues.Add(await TimeAsync(() => OneByOneAsync(teacher, [.. waiting.Take(Queue)], 1, [])));
                requests.Add((count.Sent - before) / (double)Queue);
                bulks.Add(await TimeAsync(() => AtOnceAsync(teacher, [.. waiting.Skip(Queue).Take(Bulk)])));
            });
        }

        await output.WriteLineAsync($"{$"deciding over HTTP, medians of {Runs} runs",-48} {"seconds",12} {"limit",12}");
        await WriteAsync(output, $"{Queue} approvals one by one, each badge signed", queues, QueueLimit);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"    requests a decision: {Middle(requests):F2} one by one, {1.0 / Bulk:F3} in one request"));
        await WriteAsync(output, $"{Bulk} approvals in one request, signed behind it", bulks, BulkLimit);
        await WithQueueAsync((teacher, _, waiting) => MeasureAsync(teacher, new(waiting), output));
    }

    private static async Task MeasureAsync(DemoClient teacher, Queue<string> waiting, TextWriter output)
    {
        await output.WriteLineAsync($"{"approvals over HTTP, credential signed in 3 forms",-48} {"a second",12} {"median ms",12}");
        foreach (var atOnce in new[] { 1, 4, 16 })
        {
            string[] items = [.. Enumerable.Range(0, 180).Select(_ => waiting.Dequeue())];
            var times = new System.Collections.Concurrent.ConcurrentBag<double>();
            var seconds = await TimeAsync(() => OneByOneAsync(teacher, items, atOnce, times));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {atOnce,2} at once {items.Length / seconds,49:F0} {Middle([.. times]),12:F1}"));
        }
    }

    private static Task OneByOneAsync(DemoClient teacher, IReadOnlyList<string> submissions, int atOnce, System.Collections.Concurrent.ConcurrentBag<double> times) => Parallel.ForEachAsync(
        submissions,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce },
        async (submission, cancellationToken) =>
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await teacher.PostAsync($"/api/submissions/{submission}/decisions", new JsonObject { ["attempt"] = 1, ["outcome"] = "approved" }, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            DemoScript.Require(answer["award"]?["state"]?.GetValue<string>() == "issued", "An approval did not issue its badge.");
        });

    // Badges are signed behind the answer, which is what is timed.
    private static async Task AtOnceAsync(DemoClient teacher, IReadOnlyList<string> submissions)
    {
        var items = submissions.Select(submission => (JsonNode)new JsonObject { ["submission"] = submission, ["attempt"] = 1, ["outcome"] = "approved" }).ToArray();
        var answer = await teacher.PostAsync("/api/bulk-decisions", new JsonObject { ["items"] = new JsonArray(items) }, CancellationToken.None);
        DemoScript.Require(answer["decided"]?.GetValue<int>() == submissions.Count, $"A bulk decision refused: {answer}");
    }

    // A server with a folder of its own each time, so that no run rests on another.
    private static async Task WithQueueAsync(Func<DemoClient, RequestCount, IReadOnlyList<string>, Task> measure)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-");
        try
        {
            var url = $"http://localhost:{FreePort()}";
            var settings = SettingsReading.Read(null, [new("data", Path.Combine(folder.FullName, "data")), new("urls", url), new("rates:perAddress", "0"), new("rates:perAccount", "0")]);
            await using var app = await ServeCommand.BuildAsync(settings, TimeProvider.System, builder => builder.Logging.ClearProviders(), CancellationToken.None);
            await ActivatorUtilities.CreateInstance<DemoSeed>(app.Services).RunAsync(Badges, undoMinutes: 0, CancellationToken.None);
            await app.StartAsync();
            using var count = new RequestCount();
            using var teacher = new DemoClient(new HttpClient(count) { BaseAddress = new Uri(url) });
            await teacher.SignInAsync("ms.rivera", CancellationToken.None);
            await measure(teacher, count, await QueueAsync(teacher));
            await app.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<string>> QueueAsync(DemoClient teacher)
    {
        var found = new List<string>();
        for (var path = "/api/review-tasks?limit=200"; path is not null;)
        {
            var page = await teacher.FetchAsync(path, CancellationToken.None);
            found.AddRange(page["items"]!.AsArray().Select(item => item!["submission"]!.GetValue<string>()));
            path = page["next"] is { } next ? $"/api/review-tasks?limit=200&cursor={next}" : null;
        }

        return found;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Task WriteAsync(TextWriter output, string what, List<double> seconds, double limit) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"  {what,-46} {Middle(seconds),12:F2} {limit,12:F0} {(Middle(seconds) <= limit ? "met" : "NOT met")} ({string.Join(", ", seconds.Select(one => one.ToString("F2", CultureInfo.InvariantCulture)))})"));

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
