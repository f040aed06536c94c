using SkillBadges.App.Demo;
using SkillBadges.App.Tests.OneRoster;

namespace SkillBadges.App.Tests.Browser;

/// <summary>An office keeps its books: people, lists, settings, keys, and who did what.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class OfficeTour(Browsing browsing)
{
    private const int MostLooks = 100;

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_administrator_enters_a_list_finds_somebody_and_reads_who_did_it(By by)
    {
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        var page = hand.Page;
        await hand.NavigateAsync("Office");
        await hand.HeadingAsync("Westfield High School");
        await hand.UseAsync(page.Locator("main .cards a:has-text('Bring in a list')"));
        await LookAsync(hand, by, "dragon");
        await hand.SeeAsync("Row 3");
        await Browsing.PictureAsync(page, $"office-list-faults-{by}");
        await LookAsync(hand, by, "guardian");
        await hand.ButtonAsync("Enter all 2");
        await hand.SeeAsync("2 people are entered.");
        await hand.UseAsync(page.Locator(".tabs a:has-text('People')"));
        await hand.WriteAsync(page.Locator("input[name=Name]"), $"unmis{by} rob");
        await hand.ButtonAsync("Search");
        await hand.SeeAsync("1 found");
        Assert.DoesNotContain("unmis", page.Url, StringComparison.OrdinalIgnoreCase);
        await hand.LinkAsync($"Robin Unmis{by}");
        await hand.ButtonAsync("Make a link to join");
        await page.Locator(".secret").WaitForAsync();
        await hand.UseAsync(page.Locator(".tabs a:has-text('Who did what')"));
        await hand.SeeAsync("Entered a list of people");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_office_writes_a_policy_and_its_next_version_and_takes_a_roster_over_after_looking_at_it(By by)
    {
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        await hand.NavigateAsync("Office");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Letters for documents')"));
        await WritePolicyAsync(hand, $"Letters for scholarships, {by}");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Bring in a list')"));
        await SendPackAsync(hand, by, "=Ximena");
        await ShowsAsync(hand, by, "h3:has-text('To mend')");
        await hand.SeeAsync("The cell begins like a formula of a spreadsheet.");
        await hand.NoBarrierAsync();
        await hand.UseAsync(hand.Page.Locator(".trail a:has-text('Bring in a list')"));
        await SendPackAsync(hand, by, $"Ximena{by}");
        await ShowsAsync(hand, by, "button:has-text('Take it over')");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "roster-checked");
        await hand.ButtonAsync("Take it over");
        await ShowsAsync(hand, by, ".state.open");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('People')"));
        await hand.WriteAsync(hand.Page.Locator("input[name=Name]"), $"Ximena{by}");
        await hand.ButtonAsync("Search");
        await hand.SeeAsync("1 found");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_office_shows_its_logo_on_certificates_and_takes_it_off(By by)
    {
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        await hand.NavigateAsync("Office");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Settings')"));
        await hand.TakeFileAsync(hand.Page.Locator("input[name=Picture]"), new() { Name = "logo.png", MimeType = "image/png", Buffer = [1, 2, 3] });
        await hand.ButtonAsync("Show this logo");
        await hand.Page.Locator(".refusal").WaitForAsync();
        await hand.TakeFileAsync(hand.Page.Locator("input[name=Picture]"), new() { Name = "logo.png", MimeType = "image/png", Buffer = DemoPicture.Of(5) });
        await hand.ButtonAsync("Show this logo");
        await hand.SeeAsync("Certificates show it from now on.");
        Assert.True(await hand.Page.Locator("img.logo").EvaluateAsync<int>("one => one.naturalWidth") > 0);
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "logo");
        await hand.ButtonAsync("Take the logo off");
        await hand.SeeAsync("Certificates show the name alone.");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_office_accepts_a_school_for_one_field_ends_it_and_takes_an_old_one_off(By by)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        await admin.PostAsync($"/api/organizations/{await admin.PlaceAsync()}/trusted-issuers", new() { ["issuer"] = $"did:web:{by}.example.org".ToLowerInvariant() }, default);
        var hand = await browsing.HandAsync(by, "w.admin", phone: true);
        await hand.NavigateAsync("Office");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Schools we accept')"));
        await hand.UnfoldAsync("Accept a school, or refuse one");
        await hand.WriteAsync(hand.Page.Locator("input[name=startsWith]"), "north");
        await hand.ButtonAsync("Show");
        await hand.Page.WaitForURLAsync("**startsWith=*");
        await hand.PickAsync(hand.Page.Locator("select[name=School]"), "Northgate High School");
        await hand.PickAsync(hand.Page.Locator("select[name=About]"), "Field/manufacturing");
        await hand.WriteAsync(hand.Page.Locator("input[name=To]"), DemoWork.Day(-300));
        await hand.ButtonAsync("Decide so");
        await hand.Page.Locator(".refusal").WaitForAsync();
        Assert.Equal("Field/manufacturing", await hand.Page.Locator("select[name=About]").InputValueAsync());
        await hand.WriteAsync(hand.Page.Locator("input[name=To]"), DemoWork.Day(300));
        await hand.WriteAsync(hand.Page.Locator("input[name=Months]"), "24");
        await hand.ButtonAsync("Decide so");
        await hand.SeeAsync("It is decided and stands in the list.");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "accepted");
        var line = hand.Page.Locator("ul.lines > li:has(details):has-text('Northgate High School')").First;
        await hand.UseAsync(line.Locator("summary"));
        await hand.UseAsync(line.Locator("button"));
        await hand.SeeAsync("It ends with that day.");
        await hand.UseAsync(hand.Page.Locator($"ul.lines > li:has-text('did:web:{by}.example.org') button".Replace($"{by}", $"{by}".ToLowerInvariant(), StringComparison.Ordinal)));
        await hand.SeeAsync("It is off the list.");
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task The_state_office_enters_a_school(By by)
    {
        var hand = await browsing.HandAsync(by, "state.admin", phone: true);
        await hand.NavigateAsync("Office");
        await hand.UnfoldAsync("Enter a school, a college, an employer or an office");
        await hand.WriteAsync(hand.Page.Locator("input[name=NewName]"), $"Far Valley High ({by})");
        await hand.WriteAsync(hand.Page.Locator("input[name=Slug]"), "westfield-high");
        await hand.PickAsync(hand.Page.Locator("select[name=Kind]"), "HighSchool");
        await hand.PickAsync(hand.Page.Locator("select[name=Under]"), "Northgate School District");
        await hand.ButtonAsync("Enter");
        await hand.Page.Locator(".refusal").WaitForAsync();
        await hand.NoBarrierAsync();
        Assert.Equal($"Far Valley High ({by})", await hand.Page.Locator("input[name=NewName]").InputValueAsync());
        await hand.WriteAsync(hand.Page.Locator("input[name=Slug]"), $"far-valley-{by}".ToLowerInvariant());
        await Browsing.PictureAsync(hand.Page, "new-school");
        await hand.ButtonAsync("Enter");
        await hand.HeadingAsync($"Far Valley High ({by})");
    }

    private static async Task WritePolicyAsync(Hand hand, string name)
    {
        await hand.PickAsync("Letters for the levels of", "four-level@1");
        await hand.ButtonAsync("Show its levels");
        await hand.Page.WaitForURLAsync("**scale=*");
        await hand.WriteAsync(hand.Page.Locator("input[name=Name]"), name);
        await hand.WriteAsync(hand.Page.Locator("input[name=Authority]"), "Board resolution 7, May 2026");
        foreach (var (level, letter) in new[] { ("developing", "C"), ("proficient", "B"), ("advanced", "A") })
        {
            await hand.WriteAsync(hand.Page.Locator($"input[name='level.{level}']"), letter);
        }

        await hand.PickAsync("Rounding", "HalfEven");
        await hand.ButtonAsync("Write this policy");
        await hand.SeeAsync($"Written: {name}, version 1.");
        await Browsing.PictureAsync(hand.Page, "policy-written");
        await hand.UseAsync(hand.Page.Locator($".lines li:has-text('{name}') a"));
        await hand.HeadingAsync($"Next version of {name}");
        await hand.WriteAsync("Printed with every letter", "Levels count, letters are for the form.");
        await hand.ButtonAsync("Write the next version");
        await hand.SeeAsync($"Written: {name}, version 2.");
    }

    // The same people once more would be the same pack: each hand sends its own.
    private static async Task SendPackAsync(Hand hand, By by, string given)
    {
        await hand.TakeFileAsync(hand.Page.Locator("input[name=Pack]"), new() { Name = "roster.zip", MimeType = "application/zip", Buffer = RosterImportsTests.Pack("westfield-high", given) });
        await hand.WriteAsync(hand.Page.Locator("input[name=Source]"), $"sis-{by}".ToLowerInvariant());
        await hand.ButtonAsync("Look it through");
        await hand.HeadingAsync("Pack of sis");
    }

    // What takes a moment is looked at again until it is there: by the page's script, or by whoever has none.
    private static async Task ShowsAsync(Hand hand, By by, string what)
    {
        for (var look = 0; by == By.NoScript && look < MostLooks && !await hand.Page.Locator(what).First.IsVisibleAsync(); look++)
        {
            await Task.Delay(100);
            await hand.Page.ReloadAsync();
        }

        await hand.Page.Locator(what).First.WaitForAsync();
    }

    private static async Task LookAsync(Hand hand, By by, string role)
    {
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Pasted]"), $"name,role,eighteenth birthday\nRobin Unmis{by},student,2029-01-31\nKim Unmis{by},{role},\n");
        await hand.ButtonAsync("Look what would happen");
    }
}
