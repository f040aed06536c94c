using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A school has its sign-offs read twice; two teachers who differ talk.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class SecondReadingTour(Browsing browsing)
{
    private const string Badge = "video-production";

    [BrowserTheory]
    [InlineData("student165", By.Mouse)]
    [InlineData("student166", By.Keyboard)]
    [InlineData("student167", By.NoScript)]
    public async Task A_colleague_reads_without_knowing_the_first_levels_and_where_they_differ_they_talk(string student, By by)
    {
        var id = await WaitingAsync(browsing, student);
        var hand = await browsing.HandAsync(by, "ms.haddad");
        await hand.GoAsync("/review");
        await hand.LinkAsync("Second readings");
        await Browsing.PictureAsync(hand.Page, "second-readings");
        await hand.UseAsync(hand.Page.Locator($"a[href='/second-readings/{id}']"));
        await hand.HeadingAsync("Video Production");
        await hand.NoBarrierAsync();
        var rubrics = hand.Page.Locator(".rubric");
        for (var skill = 0; skill < await rubrics.CountAsync(); skill++)
        {
            await hand.TickAsync(rubrics.Nth(skill).Locator("input").Nth(skill == 0 ? 0 : 2));
        }

        await Browsing.PictureAsync(hand.Page, "second-reading");
        await hand.ButtonAsync("These are my levels");
        await hand.SeeAsync("The two readings differ.");
        await hand.NoBarrierAsync();
        await hand.WriteAsync("What the talk came to", "We read the storyboard together; the first level was right.");
        await hand.ButtonAsync("We have talked");
        await hand.SeeAsync("You have talked: We read the storyboard together; the first level was right.");
    }

    /// <returns>The id of a sign-off at Northgate that waits for Ms. Haddad.</returns>
    internal static async Task<string> WaitingAsync(Browsing browsing, string student)
    {
        using var learner = await browsing.ClientAsync(student);
        using var first = await browsing.ClientAsync("ms.okafor");
        using var second = await browsing.ClientAsync("ms.haddad");
        var school = await learner.PlaceAsync();
        await browsing.OnceAsync("second readings", () => BeginAsync(browsing, school, second.PersonId));
        var work = await DemoWork.TurnInAsync(learner, school, Badge, default);
        var levels = (await first.FetchAsync($"/api/badges/{Badge}", default))["competencies"]!.AsArray().Select(skill => (System.Text.Json.Nodes.JsonNode)new System.Text.Json.Nodes.JsonObject { ["competencyId"] = skill!["id"]!.DeepClone(), ["level"] = "proficient" });
        var decided = await first.PostAsync($"/api/submissions/{work}/decisions", new() { ["attempt"] = 1, ["outcome"] = "approved", ["ratings"] = new System.Text.Json.Nodes.JsonArray([.. levels]) }, default);
        return decided["decision"]!["id"]!.GetValue<string>();
    }

    private static async Task BeginAsync(Browsing browsing, string school, string colleague)
    {
        using var state = await browsing.ClientAsync("state.admin");
        using var first = await browsing.ClientAsync("ms.okafor");
        await state.PostAsync("/api/memberships", new() { ["personId"] = colleague, ["organizationId"] = school, ["role"] = "teacher" }, default);
        await state.PostAsync("/api/memberships", new() { ["personId"] = first.PersonId, ["organizationId"] = school, ["role"] = "registrar" }, default);
        var section = (await first.FetchAsync("/api/class-sections", default))["items"]![0]!["id"];
        await first.PostAsync($"/api/class-sections/{section}/teachers", new() { ["personId"] = colleague }, default);
        var office = await browsing.OpenAsync("state.admin");
        await office.GotoAsync($"/office/{school}/settings");
        await office.FillAsync("#set-moderation", "100");
        await office.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Save the settings" }).ClickAsync();
        await office.GetByText("The settings hold from now on.").WaitForAsync();
        await office.Context.CloseAsync();
    }
}
