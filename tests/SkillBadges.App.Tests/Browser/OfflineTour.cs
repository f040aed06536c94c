using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>What whoever works with a page of ours sees of the next one when the line is gone.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class OfflineTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("en-US", "No connection", "Try again")]
    [InlineData("es-ES", "Sin conexión", "Intentar de nuevo")]
    public async Task Without_a_line_a_page_of_ours_says_so_in_the_readers_language_and_leads_on_when_there_is_one(string language, string heading, string again)
    {
        var page = await browsing.OpenAsync("ms.rivera", phone: true, language: language);
        await page.GotoAsync("/review");
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.Context.SetOfflineAsync(true);

        await page.GotoAsync("/classes");

        await page.GetByRole(AriaRole.Heading, new() { Name = heading }).WaitForAsync();
        Assert.Equal(language[..2], await page.Locator("html").GetAttributeAsync("lang"));
        Assert.EndsWith("/classes", page.Url, StringComparison.Ordinal);
        Assert.Equal("600", await page.Locator(".button.primary").EvaluateAsync<string>("one => getComputedStyle(one).fontWeight"));
        Assert.Empty(await Browsing.BarriersAsync(page));
        await Browsing.PictureAsync(page, $"offline-{language}-phone");

        await page.Context.SetOfflineAsync(false);
        await page.GetByRole(AriaRole.Link, new() { Name = again }).ClickAsync();
        await page.Locator("header.site nav").WaitForAsync();
        Assert.EndsWith("/classes", page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task What_is_kept_on_the_device_for_that_is_three_files_about_nobody()
    {
        var page = await browsing.OpenAsync("ms.rivera");
        await page.GotoAsync("/review");
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.GotoAsync("/classes");

        Assert.Equal(["/offline", "/site.css", "/favicon.svg"], await page.EvaluateAsync<string[]>("async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat()"));
        var kept = await page.EvaluateAsync<string>("async () => (await caches.match('/offline')).text()");
        Assert.DoesNotContain("Rivera", kept, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<form", kept, StringComparison.Ordinal);
    }
}
