namespace SkillBadges.App.Tests.Browser;

/// <summary>An office keeps its books: people, lists, settings, keys, and who did what.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class OfficeTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_administrator_enters_a_list_finds_somebody_and_reads_who_did_it(By by)
    {
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        var page = hand.Page;
        await hand.NavigateAsync("Office");
        await hand.HeadingAsync("Westfield High School");
        await hand.UseAsync(page.Locator("main .cards a:has-text('Bring in a list')"));
        await LookAsync(hand, by, "dragon");
        await hand.SeeAsync("Row 3");
        await Browsing.PictureAsync(page, $"office-list-faults-{by}");
        await LookAsync(hand, by, "guardian");
        await hand.ButtonAsync("Enter all 2");
        await hand.SeeAsync("2 people are entered.");
        await hand.UseAsync(page.Locator(".tabs a:has-text('People')"));
        await hand.WriteAsync(page.Locator("input[name=Name]"), $"unmis{by} rob");
        await hand.ButtonAsync("Search");
        await hand.SeeAsync("1 found");
        Assert.DoesNotContain("unmis", page.Url, StringComparison.OrdinalIgnoreCase);
        await hand.LinkAsync($"Robin Unmis{by}");
        await hand.ButtonAsync("Make a link to join");
        await page.Locator(".secret").WaitForAsync();
        await hand.UseAsync(page.Locator(".tabs a:has-text('Who did what')"));
        await hand.SeeAsync("Entered a list of people");
    }

    private static async Task LookAsync(Hand hand, By by, string role)
    {
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Pasted]"), $"name,role,eighteenth birthday\nRobin Unmis{by},student,2029-01-31\nKim Unmis{by},{role},\n");
        await hand.ButtonAsync("Look what would happen");
    }
}
