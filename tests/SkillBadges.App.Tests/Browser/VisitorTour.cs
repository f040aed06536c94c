using System.Text;
using Microsoft.Playwright;
using SkillBadges.App.Demo;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Somebody without an account looks for a badge and checks one that they were shown; somebody with one signs in.</summary>
[Collection(BrowsingCollection.Name)]
public sealed class VisitorTour(Browsing browsing)
{
    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_visitor_finds_a_badge_by_a_word_and_by_an_occupation(By by)
    {
        var hand = await browsing.HandAsync(by, phone: true);
        await hand.GoAsync("/");
        await hand.NavigateAsync("Badges");
        await hand.WriteAsync("Search", "fillet");
        await hand.ButtonAsync("Search");
        await hand.SeeAsync("1 found");
        await hand.LinkAsync("Show all badges");
        await hand.PickAsync("Occupation", "51-4121.00");
        await hand.ButtonAsync("Search");
        await hand.LinkAsync("SMAW Plate");

        await hand.HeadingAsync("Who stands behind it");
        await hand.SeeAsync("Prepares the booth");
    }

    [BrowserTheory]
    [InlineData(By.Mouse)]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task A_visitor_checks_a_badge_and_a_forged_one_and_pastes_links(By by)
    {
        var badge = await BadgeAsync();
        var hand = await browsing.HandAsync(by);
        await hand.GoAsync("/verify");
        await hand.TakeFileAsync(hand.Page.Locator("input[name=Chosen]"), new FilePayload { Name = "badge.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(badge) });
        await hand.ButtonAsync("Check it");
        await hand.Page.Locator(".verdict.valid").WaitForAsync();
        Assert.True(await hand.Page.Locator(".checks .picture.passed").CountAsync() > 4, "Each check has its picture.");
        await Browsing.PictureAsync(hand.Page, $"visitor-genuine-{by}");

        await PasteAsync(hand, badge.Replace("\"name\":\"", "\"name\":\"Advanced ", StringComparison.Ordinal));
        await hand.Page.Locator(".verdict.invalid").WaitForAsync();
        await Browsing.PictureAsync(hand.Page, $"visitor-forged-{by}");
        await PasteAsync(hand, $"{new Uri(hand.Page.Url).GetLeftPart(UriPartial.Authority)}/verify?id=nothing-here");
        await hand.SeeAsync("No badge with this code was issued here");
        await PasteAsync(hand, "https://badges.example/1");
        await hand.SeeAsync("This link leads to another site");
        await hand.ButtonAsync("Ask the holder to prove it");
        await hand.HeadingAsync("Give both to whoever shows the badge");
        await hand.NoBarrierAsync();
    }

    // To drop a file takes a mouse and a script; to choose it, above, neither.
    [BrowserFact]
    public async Task A_visitor_drops_a_file()
    {
        var page = await browsing.OpenAsync();
        await page.GotoAsync("/verify");
        await page.EvaluateAsync(
            """
            badge => {
              const data = new DataTransfer();
              data.items.add(new File([badge], "badge.json"));
              document.querySelector("h1").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
            }
            """,
            await BadgeAsync());
        await page.Locator(".verdict.valid").WaitForAsync();
    }

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task Somebody_signs_in_reads_the_page_in_Spanish_and_signs_out(By by)
    {
        var hand = await browsing.HandAsync(by, phone: true);
        await hand.GoAsync("/");
        await hand.NavigateAsync("Sign in");
        await hand.WriteAsync("E-mail or user name", "leo");
        await hand.WriteAsync("Password", "not this one, surely");
        await hand.ButtonAsync("Sign in");
        await hand.Page.Locator(".refusal").WaitForAsync();
        await hand.WriteAsync("E-mail or user name", "leo");
        await hand.WriteAsync("Password", DemoDistrict.Password);
        await hand.ButtonAsync("Sign in");
        await hand.NavigateAsync("My account");
        await hand.HeadingAsync("Leo Marsh");
        await hand.ButtonAsync("Español");
        await hand.ButtonAsync("Salir");
        await hand.Page.GetByRole(AriaRole.Link, new() { Name = "Entrar" }).First.WaitForAsync();
    }

    [BrowserTheory]
    [InlineData("ms.haddad", By.Keyboard)]
    [InlineData("mr.silva", By.NoScript)]
    public async Task Somebody_who_has_an_account_signs_in_and_accepts_an_invitation(string login, By by)
    {
        using var admin = await browsing.ClientAsync("w.admin");
        var invited = await admin.PostAsync("/api/invitations", new() { ["organizationId"] = await admin.PlaceAsync(), ["role"] = "teacher" }, default);
        var hand = await browsing.HandAsync(by, phone: true);
        await hand.GoAsync(new Uri(invited["url"]!.GetValue<string>()).AbsolutePath);
        await hand.LinkAsync("Sign in first, then accept");
        await hand.WriteAsync("E-mail or user name", login);
        await hand.WriteAsync("Password", DemoDistrict.Password);
        await hand.ButtonAsync("Sign in");
        await hand.HeadingAsync("You are invited to");
        await hand.NoBarrierAsync();
        await Browsing.PictureAsync(hand.Page, "invitation-account");
        await hand.ButtonAsync("Accept");
        await hand.SeeAsync("Westfield High School");
        await hand.NoBarrierAsync();
        await hand.Page.Context.CloseAsync();
    }

    private static async Task PasteAsync(Hand hand, string words)
    {
        await hand.WriteAsync(hand.Page.Locator("textarea[name=Pasted]"), words);
        await hand.ButtonAsync("Check it");
    }

    private async Task<string> BadgeAsync()
    {
        using var student = await browsing.ClientAsync("student082");
        var awards = await student.FetchAsync($"/api/awards?learner={student.PersonId}", CancellationToken.None);
        var award = awards["items"]!.AsArray().First(item => item!["state"]!.GetValue<string>() == "issued")!["id"]!.GetValue<string>();
        return Encoding.UTF8.GetString(await student.BytesAsync($"/api/awards/{award}/credential?form=eddsa-rdfc-2022", CancellationToken.None));
    }
}
