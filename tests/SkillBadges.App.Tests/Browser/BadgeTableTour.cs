using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A school, a college and an employer write one badge, answer each other's proposals, sign, and publish it.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class BadgeTableTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task Three_sides_propose_accept_and_decline_and_what_all_have_signed_is_published(By by)
    {
        var (slug, name) = ($"table-{Guid.NewGuid():N}"[..18], $"Table talk {by}");
        using var dean = await browsing.ClientAsync("l.dean");
        using var employer = await browsing.ClientAsync("h.author");
        await BeginAsync(slug, name, dean, employer);
        await ProposeAsync(dean, slug, name, "A line that is declined.");
        await ProposeAsync(dean, slug, name, "A line that is taken back.");
        await ProposeAsync(dean, slug, name, "A line that is accepted.");
        await dean.PostAsync($"/api/definitions/{slug}/comments", new() { ["revision"] = 1, ["path"] = "criteria", ["text"] = "Which table?" }, default);

        var college = await browsing.HandAsync(by, "l.dean");
        await OpenAsync(college, slug, "A line that is taken back.");
        await college.ButtonAsync("Take the proposal back");
        await college.SeeAsync("taken back by who proposed it");
        await college.NoBarrierAsync();
        var school = await browsing.HandAsync(by, "w.admin");
        await OpenAsync(school, slug, "A line that is declined.");
        await school.WriteAsync("Why not", "Our shops have no such tool.");
        await Browsing.PictureAsync(school.Page, "proposal");
        await school.ButtonAsync("Do not accept");
        await school.SeeAsync("Our shops have no such tool.");
        await OpenAsync(school, slug, "A line that is accepted.");
        await school.ButtonAsync("Accept");
        await school.SeeAsync("became revision 2");
        await school.NoBarrierAsync();

        await school.UseAsync(school.Page.Locator(".tabs a").First);
        await school.UseAsync(school.Page.Locator("blockquote:has-text('Which table?') button"));
        await school.SeeAsync("The comment is settled.");
        await SignAsync(school);
        await college.GoAsync($"/authoring/{slug}");
        await SignAsync(college);
        await employer.PostAsync($"/api/definitions/{slug}/sign-offs", new() { ["revision"] = 2 }, default);
        await school.GoAsync($"/authoring/{slug}");
        await Browsing.PictureAsync(school.Page, "publishing");
        await school.ButtonAsync("Publish revision 2");
        await school.SeeAsync("Published as version 1.");
        await school.NoBarrierAsync();
        await school.GoAsync($"/badges/{slug}");
        await school.HeadingAsync(name);

        // The catalogue is left as it was found.
        using var admin = await browsing.ClientAsync("w.admin");
        await admin.PostAsync($"/api/definitions/{slug}/retirements", new() { ["reason"] = "The tour is over." }, default);
    }

    private static async Task OpenAsync(Hand hand, string slug, string note)
    {
        await hand.GoAsync($"/authoring/{slug}");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Changes')"));
        await hand.LinkAsync(note);
        await hand.HeadingAsync("What would change");
    }

    private static async Task SignAsync(Hand hand)
    {
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Comment]"), "As we teach it.");
        await hand.ButtonAsync("Sign exactly these words");
        await hand.SeeAsync("Signed.");
        await hand.SeeAsync("As we teach it.");
        await hand.NoBarrierAsync();
    }

    private static async Task ProposeAsync(DemoClient author, string slug, string name, string note)
    {
        var content = await ContentAsync(slug, name);
        content["criteria"]!.AsArray().Add(note);
        await author.PostAsync($"/api/definitions/{slug}/proposals", new() { ["onRevision"] = 1, ["content"] = content, ["note"] = note }, default);
    }

    private static async Task<JsonObject> ContentAsync(string slug, string name)
    {
        var content = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(DefinitionFolder.Shipped, "business", "customer-service.json")))!.AsObject();
        (content["slug"], content["name"]) = (slug, name);
        return content;
    }

    private async Task BeginAsync(string slug, string name, params DemoClient[] others)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        await admin.PostAsync("/api/definitions", new() { ["organizationId"] = await admin.PlaceAsync(), ["slug"] = slug, ["content"] = await ContentAsync(slug, name) }, default);
        foreach (var other in others)
        {
            await admin.PostAsync($"/api/definitions/{slug}/organizations", new() { ["organizationId"] = await other.PlaceAsync() }, default);
        }
    }
}
