using System.Text.Json.Nodes;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>An employer is shown a badge by a link, reads who judged, and checks it.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class SharedBadgeTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_employer_reads_what_each_level_looks_like_and_who_judged_and_checks_the_badge(By by)
    {
        var hand = await browsing.HandAsync(by);
        await hand.GoAsync(await ShareAsync());
        await hand.HeadingAsync("Bookkeeping Cycle");
        Assert.Equal(5, await hand.Page.Locator(".levels dd.fine:has-text('signed off by a teacher')").CountAsync());
        await Browsing.PictureAsync(hand.Page, $"shared-badge-{by}");
        await hand.NoBarrierAsync();

        await hand.LinkAsync("Check it here");

        await hand.Page.Locator(".verdict.valid").WaitForAsync();
        Assert.True(await hand.Page.Locator(".checks .picture.passed").CountAsync() > 4, "Each check has its picture.");
    }

    [BrowserFact]
    public async Task On_paper_a_shared_badge_has_a_code_that_leads_back_to_the_page()
    {
        var page = await browsing.OpenAsync();
        await page.GotoAsync(await ShareAsync());
        var code = page.Locator(".on-paper img");
        Assert.False(await code.IsVisibleAsync());

        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });

        Assert.True(await code.IsVisibleAsync());
        Assert.True(await code.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"));
        await Browsing.PictureAsync(page, "shared-badge-print");
    }

    private async Task<string> ShareAsync()
    {
        using var student = await browsing.ClientAsync("student082");
        var award = (await student.FetchAsync("/api/awards", default))["items"]!.AsArray().First(one => one!["state"]!.GetValue<string>() == "issued")!["id"]!.GetValue<string>();
        var made = await student.PostAsync("/api/shares", new() { ["expiresAt"] = $"{DemoWork.Day(20)}T00:00:00Z", ["awards"] = new JsonArray(award) }, default);
        return new Uri(made["link"]!.GetValue<string>()).AbsolutePath;
    }
}
