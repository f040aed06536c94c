namespace SkillBadges.App.Tests.Browser;

/// <summary>A student asks for a yes, the mother gives it, the student shows a record by a link, a visitor opens it, and the family sees that.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class SharingTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("maya", "Maya Adams", By.Keyboard)]
    [InlineData("leo", "Leo Marsh", By.NoScript)]
    public async Task A_record_is_shown_by_a_link_after_both_said_yes(string student, string name, By by)
    {
        await SignOffAsync(student);
        var theirs = await browsing.HandAsync(by, student, phone: true);
        await theirs.GoAsync("/consents");
        await theirs.UnfoldAsync("Give a consent");
        await theirs.TickAsync("levels, skill by skill");
        await theirs.TickAsync("the full name");
        await theirs.WriteAsync("What for", $"Summer job of {student} <at the shipyard>");
        await theirs.ButtonAsync("I say yes to this");
        await theirs.SeeAsync("Still asked");
        await ShareAsync(theirs);
        await theirs.Page.Locator(".refusal").WaitForAsync();
        await Browsing.PictureAsync(theirs.Page, $"student-share-refused-{student}");

        var mother = await browsing.HandAsync(by, "parent", phone: true);
        await mother.NavigateAsync("My family");
        await mother.UseAsync(mother.Page.Locator($".family li:has-text('{name}') >> text=Consents"));
        await Browsing.PictureAsync(mother.Page, $"family-consents-asked-{student}");
        await mother.ButtonAsync("I say yes");
        await mother.Page.Locator(".state.InForce").WaitForAsync();

        await ShareAsync(theirs);
        var link = new Uri((await theirs.Page.Locator("[data-link]").InnerTextAsync()).Trim()).AbsolutePath;
        await Browsing.PictureAsync(theirs.Page, $"student-share-made-{student}");
        var visitor = await browsing.HandAsync(by, phone: true);
        await visitor.GoAsync(link);
        await visitor.SeeAsync("Hot-work safety");
        await Browsing.PictureAsync(visitor.Page, $"visitor-shared-{student}");

        await theirs.GoAsync("/shares");
        await theirs.SeeAsync("opened 1 times");
        await theirs.ButtonAsync("Close it now");
        await theirs.SeeAsync("closed");
        await mother.ButtonAsync("Take it back");
        await mother.Page.Locator(".state.Withdrawn").WaitForAsync();
        await mother.UseAsync(mother.Page.Locator(".trail a"));
        await mother.SeeAsync("by a share link");
    }

    private static async Task ShareAsync(Hand hand)
    {
        await hand.GoAsync("/shares");
        if (!await hand.Page.GetByLabel("Westfield High School").IsVisibleAsync())
        {
            await hand.UnfoldAsync("Make a link");
        }

        await hand.TickAsync("Westfield High School");
        await hand.TickAsync("my full name");
        await hand.ButtonAsync("Make a link");
    }

    private async Task SignOffAsync(string student)
    {
        using var learner = await browsing.ClientAsync(student);
        using var teacher = await browsing.ClientAsync("ms.rivera");
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
