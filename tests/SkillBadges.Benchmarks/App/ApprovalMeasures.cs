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

/// <summary>Approvals a second over real HTTP, from the request to the signed credential, at several numbers of teachers' requests at once.</summary>
internal static class ApprovalMeasures
{
    private static readonly string[] Badges =
    [
        "python-fundamentals", "web-accessibility", "network-support", "graphic-design", "video-production", "bookkeeping-cycle", "wall-framing", "function-modeling",
        "greenhouse-propagation", "knife-and-station", "robotics-technician", "cybersecurity-foundations", "evidence-argument", "construction-safety", "smaw-fillet", "smaw-groove",
    ];

    public static async Task RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-measure-");
        try
        {
            var url = $"http://localhost:{FreePort()}";
            var settings = SettingsReading.Read(null, [new("data", Path.Combine(folder.FullName, "data")), new("urls", url), new("rates:perAddress", "0"), new("rates:perAccount", "0")]);
            await using var app = await ServeCommand.BuildAsync(settings, TimeProvider.System, builder => builder.Logging.ClearProviders(), CancellationToken.None);
            await ActivatorUtilities.CreateInstance<DemoSeed>(app.Services).RunAsync(Badges, undoMinutes: 0, CancellationToken.None);
            await app.StartAsync();
            using var teacher = new DemoClient(new HttpClient { BaseAddress = new Uri(url) });
            await teacher.SignInAsync("ms.rivera", CancellationToken.None);
            var waiting = new Queue<string>(await QueueAsync(teacher));
            await output.WriteLineAsync($"{"approvals over HTTP, credential signed in 3 forms",-48} {"a second",12} {"median ms",12}");
            foreach (var atOnce in new[] { 1, 4, 16 })
            {
                await MeasureAsync(teacher, [.. Enumerable.Range(0, 180).Select(_ => waiting.Dequeue())], atOnce, output);
            }

            foreach (var items in new[] { 150, 500 })
            {
                await MeasureBulkAsync(teacher, [.. Enumerable.Range(0, items).Select(_ => waiting.Dequeue())], output);
            }

            await app.StopAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(DemoClient teacher, IReadOnlyList<string> submissions, int atOnce, TextWriter output)
    {
        var times = new System.Collections.Concurrent.ConcurrentBag<double>();
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(submissions, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (submission, cancellationToken) =>
        {
            var began = Stopwatch.GetTimestamp();
            var answer = await teacher.PostAsync($"/api/submissions/{submission}/decisions", new JsonObject { ["attempt"] = 1, ["outcome"] = "approved" }, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            DemoScript.Require(answer["award"]?["state"]?.GetValue<string>() == "issued", "An approval did not issue its badge.");
        });
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  {atOnce,2} at once {submissions.Count / seconds,49:F0} {times.Order().ElementAt(times.Count / 2),12:F1}"));
    }

    // A whole queue in one request; badges are signed behind it, so the answer is what is timed.
    private static async Task MeasureBulkAsync(DemoClient teacher, IReadOnlyList<string> submissions, TextWriter output)
    {
        var items = submissions.Select(submission => (JsonNode)new JsonObject { ["submission"] = submission, ["attempt"] = 1, ["outcome"] = "approved" }).ToArray();
        var start = Stopwatch.GetTimestamp();
        var answer = await teacher.PostAsync("/api/bulk-decisions", new JsonObject { ["items"] = new JsonArray(items) }, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        DemoScript.Require(answer["decided"]?.GetValue<int>() == submissions.Count, $"A bulk decision refused: {answer}");
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"  {submissions.Count} in one request: {seconds:F2} s, {submissions.Count / seconds:F0} decisions a second, {1.0 / submissions.Count:F4} requests a decision (one by one: 1)"));
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
