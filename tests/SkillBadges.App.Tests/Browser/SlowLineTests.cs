using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using SkillBadges.App.Demo;
using SkillBadges.App.Tests.Faults;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Core pages over 400 kbit/s with 400 ms of latency (R72): how much is sent, when something is seen, what moves.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class SlowLineTests(Browsing browsing, ITestOutputHelper output)
{
    private const double MostBytes = 150_000;
    private const double LatestPaint = 1500;
    private const double MostShift = 0.05;

    [LongFact]
    public async Task Core_pages_come_soon_over_a_slow_line()
    {
        var misses = new List<string>();
        var (share, supervised) = await PrepareAsync();
        foreach (var (login, paths) in new[]
        {
            ((string?)null, new[] { "/", "/badges", "/badges/smaw-fillet", "/verify", share, "/sign-in" }),
            ("student076", ["/", "/work", "/record", "/my-badges", "/shares"]),
            ("parent", ["/", "/family"]),
            ("ms.rivera", ["/", "/review", "/classes", "class", "sheet"]),
            ("sam.carter", ["/my-students", supervised]),
        })
        {
            foreach (var path in paths)
            {
                // A browser of its own for each page: nothing is cached.
                var page = await browsing.OpenAsync(login, phone: true);
                var measured = await MeasureAsync(page, path switch
                {
                    "class" => await SectionAsync(page, "/classes/"),
                    "sheet" => await SectionAsync(page, "/sheet/") + "?badge=smaw-fillet&skill=hot-work-safety",
                    _ => path,
                });
                Effort.Tell(output, string.Create(CultureInfo.InvariantCulture, $"{login ?? "visitor"} {(path == share ? "a shared credential" : path == supervised ? "work to decide" : path)}: {measured.Bytes / 1000:0} KB, first render {measured.Paint:0} ms, shift {measured.Shift:0.000}"));
                if (measured.Bytes > MostBytes || measured.Paint > LatestPaint || measured.Shift > MostShift)
                {
                    misses.Add(path);
                }

                await page.Context.CloseAsync();
            }
        }

        Assert.Empty(misses);
    }

    // A credential that is shown by a link, and work that a supervisor opens.
    private async Task<(string Share, string Supervised)> PrepareAsync()
    {
        using var adult = await browsing.ClientAsync("student082");
        var award = (await adult.FetchAsync("/api/awards", default))["items"]!.AsArray().First(one => one!["state"]!.GetValue<string>() == "issued")!["id"]!.GetValue<string>();
        var made = await adult.PostAsync("/api/shares", new() { ["expiresAt"] = $"{DemoWork.Day(20)}T00:00:00Z", ["awards"] = new JsonArray(award), ["withName"] = true }, default);
        return (new Uri(made["link"]!.GetValue<string>()).AbsolutePath, $"/my-students/{await StaffScene.SupervisedWorkAsync(browsing)}");
    }

    private static async Task<string> SectionAsync(IPage page, string below)
    {
        await page.GotoAsync("/classes");
        return (await page.Locator($"main a[href^='{below}']").First.GetAttributeAsync("href"))!;
    }

    private static async Task<(double Bytes, double Paint, double Shift)> MeasureAsync(IPage page, string path)
    {
        var line = await page.Context.NewCDPSessionAsync(page);
        var bytes = 0.0;
        line.Event("Network.loadingFinished").OnEvent += (_, finished) => bytes += finished!.Value.GetProperty("encodedDataLength").GetDouble();
        await line.SendAsync("Network.enable");
        await line.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        await line.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = 400, ["downloadThroughput"] = 50_000, ["uploadThroughput"] = 50_000 });
        await page.AddInitScriptAsync("window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(one => { window.shift += one.hadRecentInput ? 0 : one.value; })).observe({ type: 'layout-shift', buffered: true });");
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle, Timeout = 60_000 });
        return (bytes, await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 99999"), await page.EvaluateAsync<double>("() => window.shift"));
    }
}
