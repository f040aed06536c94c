using System.Globalization;
using Microsoft.Playwright;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>
/// Every page, in English and light on a large screen and in Spanish and dark on a phone of 360 pixels; then the colors of the other theme on the same page, so that both languages are seen in both.
/// </summary>
[Collection(BrowsingCollection.Name)]
public sealed class PageSweep(Browsing browsing, ITestOutputHelper output)
{
    private const int MostBytes = 150_000;

    private const string InSight = """
        () => [...document.querySelectorAll('nav [aria-current]')].map(one => one.getBoundingClientRect()).every(place => place.left > -1 && place.right < window.innerWidth + 1)
        """;

    [BrowserFact]
    public async Task No_barrier_is_on_any_page_in_either_theme_or_language_each_is_narrow_enough_for_a_phone_and_small_enough_for_a_slow_line()
    {
        await using var fresh = await TestApp.StartAsync(settings => settings);
        var scene = await SweepScene.PrepareAsync(browsing, fresh);
        var faults = await Task.WhenAll(SweepAsync(scene, dark: false, "en-US"), SweepAsync(scene, dark: true, "es-ES"));

        Assert.True(faults.All(found => found.Count == 0), string.Join('\n', faults.SelectMany(found => found)));
    }

    [BrowserFact]
    public async Task A_browser_that_cannot_open_a_row_of_links_at_where_one_is_shows_all_of_them()
    {
        var page = await browsing.OpenAsync("w.admin", phone: true);
        await page.RouteAsync("**/site.css*", async route =>
        {
            var answer = await route.FetchAsync();
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("scroll-initial-target", "no-such-property", StringComparison.Ordinal) });
        });
        using var admin = await browsing.ClientAsync("w.admin");
        await page.GotoAsync($"/office/{await admin.PlaceAsync()}/requests");

        Assert.True(await page.EvaluateAsync<bool>(InSight));
        Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('.tabs a')].every(one => one.getBoundingClientRect().right <= window.innerWidth)"));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
    }

    private async Task<IReadOnlyList<string>> SweepAsync(SweepScene scene, bool dark, string language)
    {
        var (faults, heaviest) = (new List<string>(), 0);
        foreach (var (login, paths) in SweptPages.All)
        {
            var page = await browsing.OpenAsync(login, dark: dark, language: language, phone: dark);
            await scene.ShowSetUpAsync(page, language);
            foreach (var path in paths)
            {
                heaviest = Math.Max(heaviest, await LookAsync(page, path, scene.Fill(path), language, faults));
            }

            await page.Context.CloseAsync();
        }

        Effort.Tell(output, string.Create(CultureInfo.InvariantCulture, $"{language}, {(dark ? "dark" : "light")}: {SweptPages.All.Sum(one => one.Paths.Count)} pages, {faults.Count} faults; the largest page takes {heaviest / 1000.0:0} KB with styles and script."));
        return faults;
    }

    private static async Task<int> LookAsync(IPage page, string name, string path, string language, List<string> faults)
    {
        void Hold(bool holds, string fault) => faults.AddRange(holds ? [] : [$"{language} {name}: {fault}"]);

        var answer = await page.GotoAsync(path);
        Hold(answer!.Ok || name == SweptPages.Missing, $"the answer is {answer.Status}.");
        Hold(await page.Locator("html").GetAttributeAsync("lang") == language[..2], "the page does not speak this language.");
        Hold(await page.Locator("h1").CountAsync() == 1, "it has not one first heading.");
        Hold(await page.Locator("script").CountAsync() > 0 == SweptPages.Scripted.Contains(name), "whether it takes a script is not what is written down.");
        var bytes = await page.EvaluateAsync<int>("() => ['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind)).reduce((sum, one) => sum + one.encodedBodySize, 0)");
        Hold(bytes < MostBytes, $"{bytes} bytes are too many.");
        await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
        await Browsing.PictureAsync(page, $"{name.Trim('/').Replace('/', '-').Replace("?", "-", StringComparison.Ordinal)}-{language}");
        var wide = await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
        Hold(wide == 0, $"it is {wide} pixels too wide.");
        Hold(await page.EvaluateAsync<bool>(InSight), "the link of where one is stands beside the screen.");
        faults.AddRange(await Browsing.BarriersAsync(page));
        faults.AddRange(await Browsing.BarriersOfTheOtherThemeAsync(page));
        return bytes;
    }
}
