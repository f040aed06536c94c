using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Tests.Notices;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.Browser;

/// <summary>Somebody sets an instance up that nobody has used yet, guards their account, comes back in when the password is lost, and lets a colleague in.</summary>
[Collection(BrowsingCollection.Name)]
public sealed partial class AccountTour(Browsing browsing)
{
    private const string Login = "jordan@office.example";
    private const string First = "nine herons over the lake";
    private const string Second = "ten herons over the lake";
    private const string Third = "no herons over the lake";

    [BrowserTheory]
    [InlineData(By.Keyboard)]
    [InlineData(By.NoScript)]
    public async Task An_instance_is_set_up_its_first_account_guarded_lost_and_found_and_a_colleague_let_in(By by)
    {
        using var letters = new Letters();
        await using var fresh = await TestApp.StartAsync(settings => settings with { MailFolder = letters.Folder });
        var hand = await browsing.HandAsync(by, phone: true, at: fresh.BaseUrl);
        await SetUpAsync(hand, fresh);
        var (codes, spare) = await GuardAsync(hand, fresh);
        await hand.ButtonAsync("Sign out");
        await SignInAsync(hand, First, codes.Next());

        await ChangePasswordAsync(hand, fresh, codes);
        await hand.ButtonAsync("Sign out");
        await ComeBackAsync(hand, letters);
        await SignInAsync(hand, Third, spare);
        var link = await EnterAsync(hand);
        await KeepOfficeAsync(hand, fresh, codes);
        await hand.NavigateAsync("My account");
        await hand.ButtonAsync("Turn it off");
        await hand.SeeAsync("The second factor is off.");

        var colleague = await browsing.HandAsync(by, phone: true, at: fresh.BaseUrl);
        await colleague.GoAsync(link);
        await colleague.HeadingAsync("You are invited to");
        await Browsing.PictureAsync(colleague.Page, $"invitation-{by}");
        await colleague.WriteAsync("E-mail or user name", "lee.ortiz");
        await colleague.WriteAsync("Password", First);
        await colleague.ButtonAsync("Accept and make an account");
        await colleague.HeadingAsync("Lee Ortiz");
        await colleague.Page.Context.CloseAsync();
        await hand.Page.Context.CloseAsync();
    }

    // A password that holds the login name is refused, and nothing has to be typed again but it.
    private static async Task SetUpAsync(Hand hand, TestApp fresh)
    {
        await hand.GoAsync($"/set-up/{await fresh.Services.GetRequiredService<SetUpWorkflow>().OfferAsync(default)}");
        await hand.WriteAsync("Name of the office", "Office of Career Education");
        await hand.WriteAsync("Short name", "career-office");
        await hand.WriteAsync("Your name", "Jordan Blake");
        await hand.WriteAsync("E-mail or user name", Login);
        await hand.WriteAsync("Password", Login);
        await hand.ButtonAsync("Set up");
        await hand.Page.Locator(".refusal").WaitForAsync();
        await hand.WriteAsync("Password", First);
        await hand.ButtonAsync("Set up");
        await hand.HeadingAsync("Jordan Blake");
    }

    /// <returns>What shows codes, and a spare one on paper.</returns>
    private static async Task<(Authenticator Codes, string Spare)> GuardAsync(Hand hand, TestApp fresh)
    {
        await hand.ButtonAsync("Set it up");
        var shown = hand.Page.Locator("p.secret");
        var key = await shown.InnerTextAsync();
        await Browsing.PictureAsync(hand.Page, "account-key");
        await hand.NoBarrierAsync();
        await hand.WriteAsync("Code", "000000");
        await hand.ButtonAsync("Turn it on");
        await hand.Page.Locator(".refusal").WaitForAsync();
        Assert.Equal(key, await shown.InnerTextAsync());
        var codes = new Authenticator(fresh, key.Trim());
        await hand.WriteAsync("Code", codes.Next());
        await hand.ButtonAsync("Turn it on");
        await hand.SeeAsync("Write these recovery codes down now");
        await hand.NoBarrierAsync();
        return (codes, await hand.Page.Locator(".secret li").First.InnerTextAsync());
    }

    private static async Task SignInAsync(Hand hand, string password, string code)
    {
        await hand.NavigateAsync("Sign in");
        await hand.WriteAsync("E-mail or user name", Login);
        await hand.WriteAsync("Password", password);
        await hand.ButtonAsync("Sign in");
        await hand.SeeAsync("From your authenticator app, or one of your recovery codes");
        await hand.WriteAsync("Code", code);
        await hand.ButtonAsync("Sign in");
        await hand.Page.Locator("header.site a[href='/account']").WaitForAsync();
    }

    private static async Task ChangePasswordAsync(Hand hand, TestApp fresh, Authenticator codes)
    {
        fresh.Clock.Advance(Session.Recent);
        var code = codes.Next();
        await hand.NavigateAsync("My account");
        await hand.SeeAsync("To change them, show that it is you.");
        await hand.NoBarrierAsync();
        await hand.WriteAsync("Password", First);
        await hand.WriteAsync("Code", code);
        await hand.ButtonAsync("Continue");
        await hand.WriteAsync("New password", Second);
        await hand.ButtonAsync("Change it");
        await hand.SeeAsync("The password is changed.");
    }

    private static async Task ComeBackAsync(Hand hand, Letters letters)
    {
        await hand.NavigateAsync("Sign in");
        await hand.LinkAsync("I forgot my password");
        await hand.WriteAsync("E-mail", Login);
        await hand.ButtonAsync("Send me a link");
        await hand.SeeAsync("a letter with a link is on its way");
        await hand.GoAsync(Reset().Match((await letters.TakeAsync("/reset-password/")).Body).Value);
        await hand.WriteAsync("New password", Third);
        await hand.ButtonAsync("Set the password");
        await hand.HeadingAsync("Sign in");
    }

    /// <returns>The link of somebody who was entered.</returns>
    private static async Task<string> EnterAsync(Hand hand)
    {
        await hand.NavigateAsync("Office");
        await hand.LinkAsync("Office of Career Education");
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('People')"));
        await hand.UnfoldAsync("Enter somebody new");
        await hand.WriteAsync(hand.Page.Locator("input[name=NewName]"), "Lee Ortiz");
        await hand.PickAsync(hand.Page.Locator("select[name=NewRole]"), "IndustryAuthor");
        await hand.ButtonAsync("Enter");
        await hand.LinkAsync("Lee Ortiz");
        await hand.ButtonAsync("Make a link to join");
        return (await hand.Page.Locator(".secret").InnerTextAsync()).Trim();
    }

    // Settings, and keys for which whoever asks shows once more who they are.
    private static async Task KeepOfficeAsync(Hand hand, TestApp fresh, Authenticator codes)
    {
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Settings')"));
        await hand.WriteAsync("About the school", "We award badges for what people can do.");
        await hand.ButtonAsync("Save the settings");
        await hand.SeeAsync("The settings hold from now on.");
        fresh.Clock.Advance(Session.Recent);
        var code = codes.Next();
        await hand.UseAsync(hand.Page.Locator(".tabs a:has-text('Keys and lists')"));
        await hand.UnfoldAsync("Change the keys");
        await hand.WriteAsync("Your password", Third);
        await hand.WriteAsync("Code", code);
        await hand.ButtonAsync("Make new keys now");
        await hand.SeeAsync("New keys sign from now on.");
    }

    [GeneratedRegex("/reset-password/[A-Za-z0-9_-]+")]
    private static partial Regex Reset();
}
