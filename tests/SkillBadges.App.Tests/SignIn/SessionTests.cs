using System.Net;
using SkillBadges.App.SignIn;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.SignIn;

public sealed class SessionTests : IAsyncLifetime
{
    private readonly TestApp app = new();
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        client = app.Anonymous();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Signing_in_gives_a_token_that_says_who_and_no_roles()
    {
        var (person, login) = await app.WithPasswordAsync();

        var session = await client.SignedInAsync(login.ToUpperInvariant());

        var token = BearerHandler.Unverified(session.AccessToken)!;
        Assert.Equal(person.Value, session.PersonId);
        Assert.Equal(("at+jwt", "ES256", person.Value), (token.Typ, token.Alg, token.Subject));
        Assert.Equal((app.Settings.Address.BaseUrl, app.Settings.Address.BaseUrl + "/api"), (token.Issuer, Assert.Single(token.Audiences)));
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "sid", "sub"], token.Claims.Select(claim => claim.Type).Order(StringComparer.Ordinal));
        using var signedIn = app.With(session.AccessToken);
        Assert.Equal(200, await signedIn.StatusAsync("/api/me"));
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_sound_the_same()
    {
        var (_, login) = await app.WithPasswordAsync();

        using var wrong = await client.SignInAsync(login, "not the password");
        using var unknown = await client.SignInAsync("nobody@test.example", "not the password");

        var (first, second) = (await wrong.ProblemAsync(), await unknown.ProblemAsync());
        Assert.Equal((401, "session.wrong-password"), (first.Status, first.Code));
        Assert.Equal(first with { TraceId = "" }, second with { TraceId = "" });
    }

    [Fact]
    public async Task After_ten_wrong_tries_the_right_password_looks_wrong_until_the_window_has_passed()
    {
        var (_, login) = await app.WithPasswordAsync();
        await GuessTenTimesAsync(login);

        using (var locked = await client.SignInAsync(login, SetUpPeople.Password))
        {
            await locked.RefusesAsync(401, "session.wrong-password");
        }

        app.Clock.Advance(SignInTries.Window + TimeSpan.FromSeconds(1));
        Assert.NotEmpty((await client.SignedInAsync(login)).AccessToken);
    }

    [Fact]
    public async Task A_locked_name_stays_locked_for_tries_sent_all_at_once()
    {
        var (_, login) = await app.WithPasswordAsync();
        await GuessTenTimesAsync(login);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.SignInAsync(login, SetUpPeople.Password)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode));
    }

    [Fact]
    public async Task A_refresh_token_is_good_once_and_using_it_twice_ends_the_session()
    {
        var (_, login) = await app.WithPasswordAsync();
        var first = await client.SignedInAsync(login);
        using var refreshed = await client.PostAsync("/api/session/refresh", new { refreshToken = first.RefreshToken });
        var second = await refreshed.ReadAsync<SessionView>();
        using var signedIn = app.With(second.AccessToken);
        Assert.Equal(200, await signedIn.StatusAsync("/api/me"));

        using var again = await client.PostAsync("/api/session/refresh", new { refreshToken = first.RefreshToken });

        await again.RefusesAsync(401, "session.ended");
        Assert.Equal(401, await signedIn.StatusAsync("/api/me"));
        using var latest = await client.PostAsync("/api/session/refresh", new { refreshToken = second.RefreshToken });
        await latest.RefusesAsync(401, "session.ended");
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("no-such-session.secret")]
    [InlineData("\ud83d\ude00.x")]
    public async Task What_is_no_refresh_token_is_refused(string token)
    {
        using var answer = await client.PostAsync("/api/session/refresh", new { refreshToken = token });

        await answer.RefusesAsync(401, "session.ended");
    }

    [Fact]
    public async Task Signing_out_ends_the_access_token_at_once()
    {
        var (_, login) = await app.WithPasswordAsync();
        using var signedIn = app.With((await client.SignedInAsync(login)).AccessToken);

        using var answer = await signedIn.DeleteAsync(new Uri("/api/session", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(401, await signedIn.StatusAsync("/api/me"));
    }

    [Fact]
    public async Task An_access_token_lives_ten_minutes_and_the_refresh_token_longer()
    {
        var (_, login) = await app.WithPasswordAsync();
        var session = await client.SignedInAsync(login);
        using var signedIn = app.With(session.AccessToken);
        app.Clock.Advance(AccessTokens.Lifetime + TimeSpan.FromSeconds(1));

        using var late = await signedIn.GetAsync(new Uri("/api/me", UriKind.Relative));
        await late.RefusesAsync(401, "session.required");

        using var refreshed = await client.PostAsync("/api/session/refresh", new { refreshToken = session.RefreshToken });
        using var renewed = app.With((await refreshed.ReadAsync<SessionView>()).AccessToken);
        Assert.Equal(200, await renewed.StatusAsync("/api/me"));
    }

    [Fact]
    public async Task Tokens_and_cookies_outlive_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("skillbadges-");
        try
        {
            SessionView session;
            Settings first;
            await using (var before = await TestApp.StartAsync(settings => settings, folder))
            {
                first = before.Settings;
                var (_, login) = await before.WithPasswordAsync();
                using var anonymous = before.Anonymous();
                session = await anonymous.SignedInAsync(login);
            }

            await using var after = await TestApp.StartAsync(settings => settings with { Address = first.Address, Urls = first.Urls }, folder);
            using var signedIn = after.With(session.AccessToken);
            Assert.Equal(200, await signedIn.StatusAsync("/api/me"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Neither_password_nor_token_nor_login_name_is_logged()
    {
        var (_, login) = await app.WithPasswordAsync();
        var session = await client.SignedInAsync(login);
        using var signedIn = app.With(session.AccessToken);
        await signedIn.StatusAsync("/api/me");

        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(login, StringComparison.OrdinalIgnoreCase) || line.Contains(SetUpPeople.Password, StringComparison.Ordinal)
            || line.Contains(session.AccessToken, StringComparison.Ordinal) || line.Contains(session.RefreshToken, StringComparison.Ordinal));
    }

    private async Task GuessTenTimesAsync(string login)
    {
        for (var i = 0; i < SignInTries.Allowed; i++)
        {
            using var answer = await client.SignInAsync(login, $"guess number {i}");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }
}
