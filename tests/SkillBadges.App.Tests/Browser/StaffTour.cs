using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Those who keep a school going besides its teachers: counselors, principals, registrars, authors, the state office; and a supervisor who has a link and no account.</summary>
[Collection(BrowsingCollection.Name)]
public sealed partial class StaffTour(Browsing browsing)
{
    [BrowserFact]
    public async Task A_counselor_talks_a_plan_over_and_a_principal_opens_a_period_with_the_keyboard_alone()
    {
        var page = await browsing.OpenAsync("counselor");
        await page.Locator("header >> text=Plans and graduation").UseAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Leo Marsh" }).UseAsync();
        await page.Locator("summary:has-text('Begin a plan')").UseAsync();
        await page.GetByLabel("For which period").WriteAsync("Term 1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin a plan" }).UseAsync();
        await page.WaitForURLAsync("**/plans/*");
        await page.Locator("summary:has-text('Write in the plan')").UseAsync();
        await page.GetByLabel("Where to").WriteAsync("Retail");
        await page.GetByLabel("One more goal").WriteAsync("Run the till alone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).UseAsync();
        await page.GetByText("Saved.").WaitForAsync();
        await page.Locator("summary:has-text('Keep a review of today')").UseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it as it stands" }).UseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign this review" }).UseAsync();
        await page.GetByText("You have signed this review.").WaitForAsync();
        await Browsing.PictureAsync(page, "counselor-plan");
        await page.GotoAsync("/advising?show=unsigned");
        await page.GetByText("waits for the student or the family").First.WaitForAsync();
        await Browsing.PictureAsync(page, "counselor-unsigned");

        var principal = await browsing.OpenAsync("w.admin");
        await principal.Locator("header >> text=Grading periods").UseAsync();
        await principal.Locator("summary:has-text('Open a period')").UseAsync();
        await principal.GetByLabel("Name").WriteAsync("Weeks 1 to 3");
        await principal.GetByLabel("First day").WriteAsync("10012026");
        await principal.GetByLabel("Last day").WriteAsync("12312026");
        await principal.GetByRole(AriaRole.Button, new() { Name = "Open it" }).UseAsync();
        await principal.GetByRole(AriaRole.Heading, new() { Name = "Weeks 1 to 3" }).WaitForAsync();
        await Browsing.PictureAsync(principal, "principal-cycle");
    }

    [BrowserFact]
    public async Task No_barrier_is_on_the_pages_of_staff_and_authors_in_either_theme_or_language()
    {
        var scene = await StaffScene.PrepareAsync(browsing);
        var barriers = new List<string>();
        foreach (var (login, paths) in scene.Pages)
        {
            foreach (var (dark, language) in new[] { (false, "en-US"), (true, "es-ES") })
            {
                var page = await browsing.OpenAsync(login, dark: dark, language: language, phone: dark);
                foreach (var (name, path) in paths)
                {
                    await page.GotoAsync(path);
                    Assert.Equal(language[..2], await page.Locator("html").GetAttributeAsync("lang"));
                    await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
                    await Browsing.PictureAsync(page, $"{name}-{language}");
                    var wide = await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
                    barriers.AddRange(wide > 0 ? (string[])[$"{path} is {wide} pixels too wide."] : []);
                    barriers.AddRange(await Browsing.BarriersAsync(page));
                }

                await page.Context.CloseAsync();
            }
        }

        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }

    [BrowserFact]
    public async Task A_supervisor_opens_the_link_of_a_letter_reads_the_code_of_another_and_decides_on_a_phone()
    {
        var address = $"{Guid.NewGuid():N}@market.example";
        using var registrar = await SignedInAsync("w.registrar");
        using var leo = await SignedInAsync("leo");
        using var supervisor = await SignedInAsync("sam.carter");
        var school = (await registrar.FetchAsync("/api/me", default))["memberships"]![0]!["organizationId"]!.GetValue<string>();
        var placement = (await supervisor.FetchAsync("/api/placements", default))["items"]!.AsArray().First(one => one!["learner"]!.GetValue<string>() == leo.PersonId)!["id"]!.GetValue<string>();
        await DemoWork.TurnInAsync(leo, school, "customer-service", default);
        await registrar.PostAsync($"/api/placements/{placement}/pass", new() { ["channel"] = "mail", ["address"] = address }, default);

        var page = await browsing.OpenAsync(phone: true);
        await page.GotoAsync(Pass().Match(await browsing.LetterAsync(address, "/pass/")).Value);
        await Browsing.PictureAsync(page, "supervisor-code");
        Assert.Empty(await Browsing.BarriersAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send me a code" }).UseAsync();
        await page.GetByLabel("Code").WriteAsync(Code().Match(await browsing.LetterAsync(address, "Your code is")).Groups[1].Value);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).UseAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "My students" }).WaitForAsync();
        await Browsing.PictureAsync(page, "supervisor-students");
        Assert.Empty(await Browsing.BarriersAsync(page));
        await page.Locator("main .cards a").First.UseAsync();
        await page.GetByText("What did you see?").First.WaitForAsync();
        await Browsing.PictureAsync(page, "supervisor-work");
        Assert.Empty(await Browsing.BarriersAsync(page));
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign off", Exact = true }).UseAsync();
        await page.GetByText("This is decided. Thank you.").Or(page.GetByText("Nothing waits for you now.")).First.WaitForAsync();
    }

    private async Task<DemoClient> SignedInAsync(string login)
    {
        var client = browsing.Visitor();
        await client.SignInAsync(login, default);
        return client;
    }

    [GeneratedRegex("/pass/[A-Za-z0-9_-]+")]
    private static partial Regex Pass();

    [GeneratedRegex("Your code is ([0-9]{6})")]
    private static partial Regex Code();
}
