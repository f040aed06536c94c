using System.Text.Json.Nodes;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A record goes from one school to another, and to one that is not on this site.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class RequestTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData("student051", "student121", By.Keyboard)]
    [InlineData("student052", "student122", By.NoScript)]
    public async Task A_school_asks_for_a_record_the_other_lets_it_go_and_it_is_taken_in(string student, string there, By by)
    {
        await SeeAsync(student);
        using var mover = await browsing.ClientAsync(student);
        using var arrived = await browsing.ClientAsync(there);
        var (west, east, about) = (await mover.PlaceAsync(), await arrived.PlaceAsync(), $"A student who moves, {by}");
        var asks = await browsing.HandAsync(by, "e.registrar", phone: true);
        await asks.GoAsync($"/office/{east}/requests");
        await asks.LinkAsync("Asked by us");
        await asks.UnfoldAsync("Ask another school for a record");
        await asks.WriteAsync(asks.Page.Locator("input[name=School]"), "No such school");
        await asks.WriteAsync(asks.Page.Locator("textarea[name=About]"), about);
        await asks.ButtonAsync("Ask for it");
        await asks.SeeAsync("No school here is called like that.");
        Assert.Equal(about, await asks.Page.Locator("textarea[name=About]").InputValueAsync());
        await asks.WriteAsync(asks.Page.Locator("input[name=School]"), "Westfield High School");
        await asks.ButtonAsync("Ask for it");
        await asks.HeadingAsync(about);

        var keeps = await browsing.HandAsync(by, "w.registrar", phone: true);
        await keeps.GoAsync($"/office/{west}/requests");
        await keeps.LinkAsync(about);
        await LetGoAsync(keeps, await mover.NameAsync());
        await keeps.NoBarrierAsync();
        await Browsing.PictureAsync(keeps.Page, "request-released");

        await asks.GoAsync(asks.Page.Url);
        await asks.WriteAsync("Find the student by name", await arrived.NameAsync());
        await asks.ButtonAsync("Search");
        await asks.TickAsync(asks.Page.Locator("input[name=Learner]").First);
        await asks.ButtonAsync("Take the record in");
        await asks.SeeAsync("Taken in:");
        await asks.NoBarrierAsync();
        await Browsing.PictureAsync(asks.Page, "request-taken-in");
    }

    [BrowserTheory]
    [InlineData("student053", By.Keyboard)]
    [InlineData("student054", By.NoScript)]
    public async Task A_record_goes_to_a_school_elsewhere_that_writes_back_what_it_received(string student, By by)
    {
        await SeeAsync(student);
        using var mover = await browsing.ClientAsync(student);
        using var registrar = await browsing.ClientAsync("w.registrar");
        var hand = await browsing.HandAsync(by, "w.registrar", phone: true);
        await hand.GoAsync($"/office/{await mover.PlaceAsync()}/requests");
        await hand.UnfoldAsync("Enter a request that came by letter");
        await hand.WriteAsync("School that asks", $"Farther High School {by}");
        await hand.WriteAsync("Which student", $"A student who left, {by}");
        await hand.ButtonAsync("Enter it");
        await LetGoAsync(hand, await mover.NameAsync());
        var id = new Uri(hand.Page.Url).Segments[^1];
        var release = (await registrar.FetchAsync($"/api/transfers/{id}", default))["release"]!;
        await hand.UnfoldAsync("The other school has written that it received the pack");
        await hand.WriteAsync("Fingerprint of the pack", release["manifestDigest"]!.GetValue<string>());
        await hand.WriteAsync("Number of sign-offs", release["entries"]!.ToString());
        await Browsing.PictureAsync(hand.Page, "request-receipt");
        await hand.ButtonAsync("Enter the receipt");
        await hand.SeeAsync("The receipt is entered.");
        await hand.NoBarrierAsync();
    }

    private static async Task LetGoAsync(Hand hand, string name)
    {
        await hand.WriteAsync("Find the student by name", name);
        await hand.ButtonAsync("Search");
        await hand.TickAsync(hand.Page.Locator("input[name=Learner]").First);
        await hand.ButtonAsync("Let it go on this ground");
        await hand.SeeAsync("The record may be fetched now.");
    }

    // A record begins with something that somebody saw.
    private async Task SeeAsync(string student)
    {
        using var learner = await browsing.ClientAsync(student);
        using var teacher = await browsing.ClientAsync("ms.rivera");
        var section = (await teacher.FetchAsync("/api/class-sections", default))["items"]![0]!["id"]!.GetValue<string>();
        var seen = new JsonObject { ["id"] = $"moves:{student}", ["learner"] = learner.PersonId, ["level"] = "proficient" };
        await teacher.PostAsync("/api/observations", new() { ["badge"] = "smaw-fillet", ["competency"] = "hot-work-safety", ["classSection"] = section, ["items"] = new JsonArray(seen) }, default);
    }
}
