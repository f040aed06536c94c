using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>An office keeps its books: people, lists, settings, keys, and who did what.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class OfficeTour(Browsing browsing)
{
    [BrowserFact]
    public async Task An_administrator_enters_a_list_finds_somebody_and_reads_who_did_it_without_scripts()
    {
        var page = await browsing.OpenAsync("w.admin", phone: true, script: false);
        await page.ClickAsync("header >> text=Office");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Westfield High School" }).WaitForAsync();
        await page.ClickAsync("main .cards >> text=Bring in a list");
        await page.FillAsync("textarea[name=Pasted]", "name,role,eighteenth birthday\nRobin Unmistakable,student,2029-01-31\nKim Unmistakable,dragon,\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look what would happen" }).ClickAsync();
        await page.GetByText("Row 3").First.WaitForAsync();
        await Browsing.PictureAsync(page, "office-list-faults-phone");
        await page.FillAsync("textarea[name=Pasted]", "name,role,eighteenth birthday\nRobin Unmistakable,student,2029-01-31\nKim Unmistakable,guardian,\n");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look what would happen" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Enter all 2" }).ClickAsync();
        await page.GetByText("2 people are entered.").WaitForAsync();
        await page.ClickAsync(".tabs >> text=People");
        await page.FillAsync("input[name=Name]", "unmis rob");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByText("1 found").WaitForAsync();
        Assert.DoesNotContain("unmis", page.Url, StringComparison.OrdinalIgnoreCase);
        await page.GetByRole(AriaRole.Link, new() { Name = "Robin Unmistakable" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link to join" }).ClickAsync();
        await page.Locator(".secret").WaitForAsync();
        await page.ClickAsync(".tabs >> text=Who did what");
        await page.GetByText("Entered a list of people").WaitForAsync();
    }

    [BrowserFact]
    public async Task No_barrier_is_on_the_pages_of_an_office_in_either_theme_or_language()
    {
        var barriers = new List<string>();
        foreach (var (dark, language) in new[] { (false, "en-US"), (true, "es-ES") })
        {
            var page = await browsing.OpenAsync("w.admin", dark: dark, language: language, phone: dark);
            await page.GotoAsync("/office");
            var office = new Uri(page.Url).AbsolutePath;
            await page.GotoAsync($"{office}/people");
            var person = await page.Locator(".record a").First.GetAttributeAsync("href");
            foreach (var path in (string[])["", "/people", person![office.Length..], "/lists", "/settings", "/signing", "/acts"])
            {
                await page.GotoAsync(office + path);
                barriers.AddRange(await Browsing.BarriersAsync(page));
                Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
                await Browsing.PictureAsync(page, $"office{(path == person[office.Length..] ? "-person" : path.Replace('/', '-'))}-{language}");
            }
        }

        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }
}
