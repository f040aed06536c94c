using System.Net;
using System.Text.RegularExpressions;
using SkillBadges.App.SignIn;
using SkillBadges.App.Tests.Http;

namespace SkillBadges.App.Tests.SignIn;

/// <summary>The pages as a browser without script uses them.</summary>
public sealed partial class PageTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Signing_in_and_out_works_with_plain_forms()
    {
        var (_, login) = await app.WithPasswordAsync();
        using var browser = app.Browser();
        using var before = await browser.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.Equal("/sign-in", before.Headers.Location?.AbsolutePath);

        using var signedIn = await SubmitAsync(browser, "/sign-in", "/sign-in", "password", ("LoginName", login), ("Password", SetUpPeople.Password));
        Assert.Equal((HttpStatusCode.Redirect, "/"), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        var cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"), value => value.StartsWith("skillbadges=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Ada Lovelace", await browser.GetStringAsync(new Uri("/account", UriKind.Relative)), StringComparison.Ordinal);

        using var signedOut = await SubmitAsync(browser, "/account", "/sign-out", null);
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        using var after = await browser.GetAsync(new Uri("/account", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_shows_the_form_again_with_the_reason()
    {
        var (_, login) = await app.WithPasswordAsync();
        using var browser = app.Browser();

        using var answer = await SubmitAsync(browser, "/sign-in", "/sign-in", "password", ("LoginName", login), ("Password", "not the password"));

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains("/problems/session.wrong-password", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not the password", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_does_nothing()
    {
        var (_, login) = await app.WithPasswordAsync();
        using var browser = app.Browser();
        using var form = new FormUrlEncodedContent([new("_handler", "password"), new("LoginName", login), new("Password", SetUpPeople.Password)]);

        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("/problems/request.form-old", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(answer.Headers, header => header.Key == "Set-Cookie" && header.Value.Any(value => value.StartsWith("skillbadges=", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/language")]
    public async Task A_form_from_before_somebody_signed_in_says_to_open_the_page_again(string action)
    {
        var (_, login) = await app.WithPasswordAsync();
        using var browser = app.Browser();
        var token = AntiforgeryToken().Match(await browser.GetStringAsync(new Uri("/", UriKind.Relative))).Groups[1].Value;
        using var signedIn = await SubmitAsync(browser, "/sign-in", "/sign-in", "password", ("LoginName", login), ("Password", SetUpPeople.Password));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("language", "es")]);

        using var answer = await browser.PostAsync(new Uri(action, UriKind.Relative), form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("/problems/request.form-old", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_its_page_does_not_draw_any_more_says_to_open_the_page_again()
    {
        using var browser = app.Browser();

        using var answer = await SubmitAsync(browser, "/sign-in", "/sign-in", "no-such-form");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("/problems/request.form-old", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/session", "DELETE")]
    [InlineData("/api/organizations", "POST")]
    [InlineData("/sign-out", "POST")]
    public async Task A_page_of_another_site_cannot_use_the_cookie(string address, string method)
    {
        var (_, login) = await app.WithPasswordAsync();
        using var browser = app.Browser();
        using var signedIn = await SubmitAsync(browser, "/sign-in", "/sign-in", "password", ("LoginName", login), ("Password", SetUpPeople.Password));
        browser.DefaultRequestHeaders.Remove("Origin");
        browser.DefaultRequestHeaders.Remove("Accept");

        using var foreign = await browser.SendJsonAsync(new(method), address, null, ("Origin", "https://evil.example"));
        await foreign.RefusesAsync(403, "request.cross-site");
        using var opaque = await browser.SendJsonAsync(new(method), address, null, ("Origin", "null"));
        await opaque.RefusesAsync(403, "request.cross-site");
        using var silent = await browser.SendJsonAsync(new(method), address, null, ("Sec-Fetch-Site", "cross-site"));
        await silent.RefusesAsync(403, "request.cross-site");
        Assert.Equal(200, await browser.StatusAsync("/api/me"));
    }

    [Theory]
    [InlineData("https://evil.example/", "/account")]
    [InlineData("//evil.example/", "/account")]
    [InlineData("/\\evil.example/", "/account")]
    [InlineData("javascript:alert(1)", "/account")]
    [InlineData("/\t/evil.example", "/account")]
    [InlineData("/badges?x=1", "/badges?x=1")]
    [InlineData(null, "/account")]
    public void After_signing_in_one_stays_on_this_site(string? asked, string goes) => Assert.Equal(goes, LocalAddress.Or(asked, "/account"));

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/reset-password")]
    [InlineData("/account")]
    public async Task Pages_hold_no_script(string address)
    {
        var (_, login) = await app.WithPasswordAsync();
        using var browser = app.Browser();
        using var signedIn = await SubmitAsync(browser, "/sign-in", "/sign-in", "password", ("LoginName", login), ("Password", SetUpPeople.Password));

        var page = await browser.GetStringAsync(new Uri(address, UriKind.Relative));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("\\s(on\\w+|style)=", page);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient browser, string page, string action, string? handler, params (string Name, string Value)[] fields)
    {
        var token = AntiforgeryToken().Match(await browser.GetStringAsync(new Uri(page, UriKind.Relative))).Groups[1].Value;
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value)).Append(new("__RequestVerificationToken", token));
        return await browser.PostAsync(new Uri(action, UriKind.Relative), new FormUrlEncodedContent(handler is null ? form : form.Append(new("_handler", handler))));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex AntiforgeryToken();
}
