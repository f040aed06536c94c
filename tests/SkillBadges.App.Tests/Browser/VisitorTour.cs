using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Somebody without an account looks for a badge and checks one that they were shown.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class VisitorTour(Browsing browsing)
{
    private static readonly string[] Public = ["/", "/badges", "/badges?q=weld", "/badges?q=zzzz", "/badges/smaw-fillet", "/verify", "/sign-in", "/reset-password", "/problems/share.scope", "/problems", "/pass", "/badges/no-such-badge"];

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visitor_finds_a_badge_by_a_word_and_by_an_occupation(bool script)
    {
        var page = await browsing.OpenAsync(phone: true, script: script);
        await page.GotoAsync("/badges");
        await page.GetByLabel("Search").WriteAsync("fillet");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("1 found").WaitForAsync();
        await page.GetByText("Show all badges").UseAsync();
        await page.GetByLabel("Occupation").SelectOptionAsync("51-4121.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).UseAsync();
        await page.Locator("a:has-text('SMAW Plate')").UseAsync();

        await page.GetByRole(AriaRole.Heading, new() { Name = "Who stands behind it" }).WaitForAsync();
        await page.GetByText("Prepares the booth").First.WaitForAsync();
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_visitor_checks_a_badge_and_a_forged_one(bool script)
    {
        var badge = await BadgeAsync();
        var page = await browsing.OpenAsync(script: script);
        await page.GotoAsync("/verify");
        await page.SetInputFilesAsync("input[name=Chosen]", new FilePayload { Name = "badge.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(badge) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).UseAsync();
        await page.Locator(".verdict.valid").WaitForAsync();
        Assert.True(await page.Locator(".checks .picture.passed").CountAsync() > 4, "Each check has its picture.");
        await Browsing.PictureAsync(page, $"visitor-genuine-{script}");

        await page.FillAsync("textarea[name=Pasted]", badge.Replace("\"name\":\"", "\"name\":\"Advanced ", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).UseAsync();
        await page.Locator(".verdict.invalid").WaitForAsync();
        await Browsing.PictureAsync(page, $"visitor-forged-{script}");
    }

    [BrowserFact]
    public async Task A_visitor_drops_a_file_and_pastes_links()
    {
        var badge = await BadgeAsync();
        var page = await browsing.OpenAsync();
        await page.GotoAsync("/verify");
        await page.EvaluateAsync(
            """
            badge => {
              const data = new DataTransfer();
              data.items.add(new File([badge], "badge.json"));
              document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """,
            badge);
        await page.Locator(".verdict.valid").WaitForAsync();

        await page.FillAsync("textarea[name=Pasted]", $"{new Uri(page.Url).GetLeftPart(UriPartial.Authority)}/verify?id=nothing-here");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).UseAsync();
        await page.GetByText("No badge with this code was issued here").WaitForAsync();
        await page.FillAsync("textarea[name=Pasted]", "https://badges.example/1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check it" }).UseAsync();
        await page.GetByText("This link leads to another site").WaitForAsync();
    }

    [BrowserFact]
    public async Task No_barrier_is_on_public_pages_in_either_theme_or_language_and_each_speaks_it()
    {
        var barriers = new List<string>();
        foreach (var (dark, language) in new[] { (false, "en-US"), (true, "es-ES") })
        {
            var page = await browsing.OpenAsync(dark: dark, language: language, phone: dark);
            foreach (var path in Public)
            {
                await page.GotoAsync(path);
                Assert.Equal(language[..2], await page.Locator("html").GetAttributeAsync("lang"));
                Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
                barriers.AddRange(await Browsing.BarriersAsync(page));
                await Browsing.PictureAsync(page, $"public{path.Replace('/', '-').Replace('?', '-').Replace('=', '-')}-{language}");
            }
        }

        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }

    private async Task<string> BadgeAsync()
    {
        using var student = browsing.Visitor();
        await student.SignInAsync("student082", CancellationToken.None);
        var awards = await student.FetchAsync($"/api/awards?learner={student.PersonId}", CancellationToken.None);
        var award = awards["items"]!.AsArray().First(item => item!["state"]!.GetValue<string>() == "issued")!["id"]!.GetValue<string>();
        return System.Text.Encoding.UTF8.GetString(await student.BytesAsync($"/api/awards/{award}/credential?form=eddsa-rdfc-2022", CancellationToken.None));
    }
}
