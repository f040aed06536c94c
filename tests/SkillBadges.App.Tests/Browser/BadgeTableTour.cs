using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A school, a college and an employer write one badge, answer each other's proposals, sign or vote, publish it, take a sign-off back, and retire it.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class BadgeTableTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task Three_sides_propose_accept_and_decline_what_is_signed_and_voted_is_published_and_a_sign_off_and_the_badge_are_taken_back(By by)
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
        await school.GoAsync($"/authoring/{slug}");
        await VoteAsync(school);
        await Browsing.PictureAsync(school.Page, "publishing");
        await school.ButtonAsync("Publish revision 2");
        await school.SeeAsync("Published as version 1.");
        await school.NoBarrierAsync();
        await college.GoAsync($"/authoring/{slug}");
        await college.UnfoldAsync("Take a sign-off back");
        await college.WriteAsync("Why it is taken back", "The course was changed.");
        await college.ButtonAsync("Take the sign-off back");
        await college.SeeAsync("The sign-off is taken back.");

        // The catalogue is left as it was found.
        await school.GoAsync($"/badges/{slug}");
        await school.HeadingAsync(name);
        await school.SeeAsync("taken back on");
        await school.UnfoldAsync("Retire the badge");
        await school.WriteAsync("Why it is retired", "The tour is over.");
        await school.PickAsync("The badge that takes its place", "customer-service");
        await school.NoBarrierAsync();
        await Browsing.PictureAsync(school.Page, "retiring");
        await school.ButtonAsync("Retire it");
        await school.SeeAsync("This badge is retired: The tour is over.");
        await school.SeeAsync("Another badge takes its place.");
    }

    // The employer is silent.
    private static async Task VoteAsync(Hand hand)
    {
        await hand.UnfoldAsync("Record a vote of a committee");
        await hand.WriteAsync("Committee", "Advisory committee on service");
        await hand.WriteAsync("Held on", "2026-01-15");
        await hand.PickAsync("It stands in for a sign-off by", "Industry");
        await hand.WriteAsync("Organizations that took part", "North College\nForge Works");
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Words]"), "Moved, seconded and carried: the badge as it stands, seven for.");
        await hand.TakeFileAsync(hand.Page.Locator("input[name=MinutesFile]"), new() { Name = "minutes.txt", MimeType = "text/plain", Buffer = "Carried."u8.ToArray() });
        await hand.NoBarrierAsync();
        await hand.ButtonAsync("Record the vote");
        await hand.SeeAsync("The vote is recorded.");
        await hand.SeeAsync("Vote of a committee, not a signature:");
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
