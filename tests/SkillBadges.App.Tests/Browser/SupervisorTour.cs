using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using SkillBadges.App.Demo;
using Xunit.Abstractions;

namespace SkillBadges.App.Tests.Browser;

/// <summary>A supervisor who has a link and no account.</summary>
[Collection(BrowsingCollection.Name)]
public sealed partial class SupervisorTour(Browsing browsing, ITestOutputHelper output)
{
    private const int FewerTapsThan = 6;

    // How long the note is that the browser has to play, once it knows.
    private const string Listen =
        "one => new Promise((done, no) => { one.onloadedmetadata = () => done(one.duration); one.onerror = () => no(new Error(one.error.message)); one.preload = 'metadata'; one.load(); })";

    [BrowserTheory]
    [InlineData("leo", By.Mouse)]
    [InlineData("student079", By.Keyboard)]
    [InlineData("student080", By.NoScript)]
    public async Task A_supervisor_opens_the_link_of_a_letter_reads_the_code_of_another_and_decides_on_a_phone(string student, By by)
    {
        var address = $"{Guid.NewGuid():N}@market.example";
        await LetWorkWaitAsync(student, address);
        var hand = await browsing.HandAsync(by, phone: true);
        var page = hand.Page;
        var effort = by == By.NoScript ? null : await Effort.WatchAsync(page);
        await hand.GoAsync(Pass().Match(await browsing.LetterAsync(address, "/pass/")).Value);
        await Browsing.PictureAsync(page, "supervisor-code");
        await hand.ButtonAsync("Send me a code");
        await hand.WriteAsync("Code", Code().Match(await browsing.LetterAsync(address, "Your code is")).Groups[1].Value);
        await hand.ButtonAsync("Continue");
        await hand.HeadingAsync("My students");
        await Browsing.PictureAsync(page, "supervisor-students");
        await hand.UseAsync(page.Locator("main .cards a").First);
        await hand.SeeAsync("What did you see?");
        await Browsing.PictureAsync(page, "supervisor-work");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        await hand.ButtonAsync("Sign off");
        await page.GetByText("This is decided. Thank you.").Or(page.GetByText("Nothing waits for you now.")).First.WaitForAsync();

        var taps = effort?.Take().Taps;
        await SpeakAsync(hand, by != By.NoScript);
        if (by == By.Mouse)
        {
            // To fill a field in, it is tapped first; a script fills it without.
            taps++;
            Effort.Tell(output, string.Create(CultureInfo.InvariantCulture, $"Supervisor, from the link to the signature, on a device that was new: {taps} taps and a code of six digits; a step of a skill with a spoken note: {effort!.Take().Taps} taps."));
            Assert.InRange(taps!.Value, 1, FewerTapsThan - 1);
        }

        await ThinkAgainAsync(hand, student);
        await hand.ButtonAsync("Español");
        await hand.ButtonAsync("English");
        await hand.ButtonAsync("Forget this device");
        await hand.GoAsync("/pass");
        await hand.WriteAsync("The e-mail address or telephone number that the school has", address);
        await hand.ButtonAsync("Send me a new link");
        await hand.SeeAsync("a new link is on its way there.");
        await hand.NoBarrierAsync();
    }

    // What was tapped by mistake is taken back, as is what was signed; and hours are confirmed.
    private async Task ThinkAgainAsync(Hand hand, string student)
    {
        using var learner = await browsing.ClientAsync(student);
        await hand.ButtonAsync("Undo");
        await hand.SeeAsync("Taken back.");
        var work = (await learner.FetchAsync("/api/submissions", default))["items"]!.AsArray().First(one => one!["badge"]!.ToJsonString().Contains("customer-service", StringComparison.Ordinal))!["id"];
        await hand.GoAsync($"/my-students/{work}");
        await hand.ButtonAsync("Undo");
        await hand.SeeAsync("Taken back. It waits for you again.");
        await hand.NoBarrierAsync();
        await hand.ButtonAsync("Sign off");
        await hand.SeeAsync("This is decided. Thank you.");
        var entry = new JsonObject { ["kind"] = "workBased", ["on"] = DemoWork.Day(-1), ["minutes"] = 90, ["place"] = "Northside Market", ["did"] = $"Rotated the stock, {student}.", ["reflection"] = "Cold goods first." };
        await learner.PostAsync("/api/logs", new() { ["organization"] = Place(await learner.FetchAsync("/api/me", default)), ["entry"] = entry }, default);
        await hand.GoAsync("/my-students");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, $"supervisor-hours-{student}");
        await hand.UseAsync(hand.Page.Locator($"li:has-text('Rotated the stock, {student}.') button"));
        await hand.SeeAsync("Confirmed. Thank you.");
    }

    // What they see at work without anything being turned in: one tap, and a note by voice before it.
    private static async Task SpeakAsync(Hand hand, bool runsScripts)
    {
        var page = hand.Page;
        await page.GotoAsync("/my-students");
        await hand.UseAsync(page.Locator("main .cards a[href*='/interns/']").First);
        var skill = page.Locator("section.skill").First;
        await hand.UseAsync(skill.Locator("summary"));
        await hand.TakeFileAsync(skill.Locator("input[name=Sound]"), StaffScene.Spoken);
        await hand.UseAsync(skill.GetByRole(AriaRole.Button, new() { Name = "Alone" }));
        await hand.SeeAsync("Recorded. Thank you.");
        await skill.Locator("audio").WaitForAsync();
        if (runsScripts)
        {
            Assert.InRange(await skill.Locator("audio").EvaluateAsync<double>(Listen), 0.9, 1.1);
        }

        Assert.Equal(0, await page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - window.innerWidth)"));
        await Browsing.PictureAsync(page, "supervisor-note");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_supervisor_who_has_an_account_finds_the_students_at_home_and_beside_every_page(By by)
    {
        var hand = await browsing.HandAsync(by, "sam.carter", phone: true);
        await hand.UseAsync(hand.Page.Locator("main a[href='/my-students']"));
        await hand.HeadingAsync("At work with you");
        await hand.NavigateAsync("Check a badge");
        await hand.NavigateAsync("My students");
        await hand.LinkAsync("Leo Marsh");
        await hand.SeeAsync("Tap what you see at work.");
    }

    // What the tour does not show: an internship at the market, work that was turned in, and the letter.
    private async Task LetWorkWaitAsync(string student, string address)
    {
        using var registrar = await browsing.ClientAsync("w.registrar");
        using var learner = await browsing.ClientAsync(student);
        using var supervisor = await browsing.ClientAsync("sam.carter");
        var school = Place(await registrar.FetchAsync("/api/me", default));
        if (student.StartsWith("student", StringComparison.Ordinal))
        {
            await registrar.PostAsync(
                "/api/placements",
                new()
                {
                    ["learner"] = learner.PersonId, ["school"] = school, ["employer"] = Place(await supervisor.FetchAsync("/api/me", default)), ["supervisor"] = supervisor.PersonId,
                    ["from"] = $"{DemoWork.Day(-20)}T00:00:00Z", ["to"] = $"{DemoWork.Day(100)}T00:00:00Z", ["badges"] = new JsonArray("customer-service"), ["isMinor"] = false,
                },
                default);
        }

        var placement = (await supervisor.FetchAsync("/api/placements", default))["items"]!.AsArray().First(one => one!["learner"]!.GetValue<string>() == learner.PersonId)!["id"]!.GetValue<string>();
        await DemoWork.TurnInAsync(learner, school, "customer-service", default);
        await registrar.PostAsync($"/api/placements/{placement}/pass", new() { ["channel"] = "mail", ["address"] = address }, default);
    }

    private static string Place(JsonNode me) => me["memberships"]![0]!["organizationId"]!.GetValue<string>();

    [GeneratedRegex("/pass/[A-Za-z0-9_-]+")]
    private static partial Regex Pass();

    [GeneratedRegex("Your code is ([0-9]{6})")]
    private static partial Regex Code();
}
