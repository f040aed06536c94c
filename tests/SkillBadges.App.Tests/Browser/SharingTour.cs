using Microsoft.Playwright;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A student asks for a yes, the mother gives it, the student shows a record by a link, a visitor opens it, and the family sees that.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class SharingTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("maya", true)]
    [InlineData("leo", false)]
    public async Task A_record_is_shown_by_a_link_after_both_said_yes(string student, bool script)
    {
        // Leo has a mouse and no scripts; Maya, her mother and the visitor have keys alone.
        var mouse = !script;
        await SignOffAsync(student);
        var theirs = await browsing.OpenAsync(student, phone: true, script: script);
        await theirs.GotoAsync("/consents");
        await SummaryAsync(theirs, "Give a consent", mouse);
        await theirs.GetByLabel("levels, skill by skill").TickAsync(mouse);
        await theirs.GetByLabel("the full name").TickAsync(mouse);
        await theirs.GetByLabel("What for").WriteAsync($"Summer job of {student} <at the shipyard>", mouse);
        await theirs.GetByRole(AriaRole.Button, new() { Name = "I say yes to this" }).UseAsync(mouse);
        await theirs.GetByText("Still asked").WaitForAsync();
        await theirs.GotoAsync("/shares");
        await ShareAsync(theirs, mouse);
        await theirs.Locator(".refusal").WaitForAsync();
        await Browsing.PictureAsync(theirs, $"student-share-refused-{student}");

        var mother = await browsing.OpenAsync("parent", phone: true, script: script);
        await mother.Locator("header >> text=My family").UseAsync(mouse);
        await Browsing.PictureAsync(mother, $"family-{student}");
        await mother.Locator($".family li:has-text('{(student == "maya" ? "Maya" : "Leo")}') >> text=Consents").UseAsync(mouse);
        await Browsing.PictureAsync(mother, $"family-consents-asked-{student}");
        await mother.GetByRole(AriaRole.Button, new() { Name = "I say yes", Exact = true }).UseAsync(mouse);
        await mother.Locator(".state.InForce").WaitForAsync();

        await theirs.GotoAsync("/shares");
        await ShareAsync(theirs, mouse);
        var link = new Uri((await theirs.Locator("[data-link]").InnerTextAsync()).Trim()).AbsolutePath;
        await Browsing.PictureAsync(theirs, $"student-share-made-{student}");
        var visitor = await browsing.OpenAsync(phone: true, script: script);
        await visitor.GotoAsync(link);
        await visitor.GetByText("Hot-work safety").First.WaitForAsync();
        await Browsing.PictureAsync(visitor, $"visitor-shared-{student}");
        if (script)
        {
            Assert.Empty(await Browsing.BarriersAsync(visitor));
        }

        await theirs.GotoAsync("/shares");
        await theirs.GetByText("opened 1 times").WaitForAsync();
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Close it now" }).UseAsync(mouse);
        await theirs.GetByText("closed").First.WaitForAsync();
        await mother.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).UseAsync(mouse);
        await mother.Locator(".state.Withdrawn").WaitForAsync();
        await mother.Locator(".trail a").UseAsync(mouse);
        await mother.GetByText("by a share link").WaitForAsync();
    }

    [BrowserFact]
    public async Task No_barrier_is_on_the_pages_of_families_in_either_theme_or_language()
    {
        var barriers = new List<string>();
        foreach (var (dark, language) in new[] { (false, "en-US"), (true, "es-ES") })
        {
            foreach (var (login, paths) in new[] { ("parent", (string[])["/", "/family", "/record"]), ("maya", ["/consents", "/shares", "/my-badges", "/record"]) })
            {
                var page = await browsing.OpenAsync(login, dark: dark, language: language, phone: true);
                foreach (var path in paths)
                {
                    await page.GotoAsync(path);
                    Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
                    await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => one.open = true)");
                    barriers.AddRange(await Browsing.BarriersAsync(page));
                    await Browsing.PictureAsync(page, $"family-{login}{path.Replace('/', '-')}-{language}");
                }
            }
        }

        Assert.True(barriers.Count == 0, string.Join("\n", barriers));
    }

    private static async Task ShareAsync(IPage page, bool mouse)
    {
        if (await page.GetByLabel("Westfield High School").CountAsync() > 0 && !await page.GetByLabel("Westfield High School").IsVisibleAsync())
        {
            await SummaryAsync(page, "Make a link", mouse);
        }

        await page.GetByLabel("Westfield High School").TickAsync(mouse);
        await page.GetByLabel("my full name").TickAsync(mouse);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).UseAsync(mouse);
    }

    private static Task SummaryAsync(IPage page, string words, bool mouse) => page.Locator($"summary:has-text('{words}')").UseAsync(mouse);

    private async Task SignOffAsync(string student)
    {
        using var learner = browsing.Visitor();
        await learner.SignInAsync(student, CancellationToken.None);
        using var teacher = browsing.Visitor();
        await teacher.SignInAsync("ms.rivera", CancellationToken.None);
        var section = (await teacher.FetchAsync("/api/class-sections", CancellationToken.None))["items"]![0]!["id"]!.GetValue<string>();
        await teacher.PostAsync(
            "/api/observations",
            new()
            {
                ["badge"] = "smaw-fillet", ["competency"] = "hot-work-safety", ["classSection"] = section,
                ["items"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["id"] = $"tour:{student}", ["learner"] = learner.PersonId, ["level"] = "proficient" }),
            },
            CancellationToken.None);
    }
}
