using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.SignIn;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.SignIn;

public sealed class SecondFactorTests : IAsyncLifetime
{
    private readonly TestApp app = new();

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync().AsTask();

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing()
    {
        var (person, login) = await app.WithPasswordAsync();
        using var anonymous = app.Anonymous();
        using var signedIn = app.With((await anonymous.SignedInAsync(login)).AccessToken);
        using var elsewhere = app.With((await anonymous.SignedInAsync(login)).AccessToken);
        var codes = await TurnOnAsync(signedIn, person);
        app.Clock.Advance(TimeSpan.FromSeconds(60));

        using var without = await anonymous.SignInAsync(login, SetUpPeople.Password);
        await without.RefusesAsync(401, "session.second-factor");
        using var wrong = await anonymous.SignInAsync(login, SetUpPeople.Password, "000000");
        await wrong.RefusesAsync(401, "session.wrong-code");
        var code = await CodeAsync(person);
        Assert.NotEmpty((await anonymous.SignedInAsync(login, code)).AccessToken);
        using var replayed = await anonymous.SignInAsync(login, SetUpPeople.Password, code);
        await replayed.RefusesAsync(401, "session.wrong-code");
        Assert.NotEmpty((await anonymous.SignedInAsync(login, codes[0])).AccessToken);
        using var spent = await anonymous.SignInAsync(login, SetUpPeople.Password, codes[0]);
        await spent.RefusesAsync(401, "session.wrong-code");

        // The session that turned it on goes on; others, which never showed a code, have ended.
        Assert.Equal(200, await signedIn.StatusAsync("/api/me"));
        Assert.Equal(401, await elsewhere.StatusAsync("/api/me"));
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_by_trying_many()
    {
        var (person, login) = await app.WithPasswordAsync();
        using var anonymous = app.Anonymous();
        using var signedIn = app.With((await anonymous.SignedInAsync(login)).AccessToken);
        await TurnOnAsync(signedIn, person);
        app.Clock.Advance(TimeSpan.FromSeconds(60));
        for (var i = 0; i < SignInTries.Allowed; i++)
        {
            using var answer = await anonymous.SignInAsync(login, SetUpPeople.Password, "000000");
        }

        using var right = await anonymous.SignInAsync(login, SetUpPeople.Password, await CodeAsync(person));

        Assert.Equal(401, (int)right.StatusCode);
    }

    [Fact]
    public async Task What_changes_sign_in_asks_for_a_recent_proof()
    {
        var (_, login) = await app.WithPasswordAsync();
        using var anonymous = app.Anonymous();
        using var signedIn = app.With((await anonymous.SignedInAsync(login)).AccessToken);
        app.Clock.Advance(TimeSpan.FromMinutes(6));

        using var late = await signedIn.PostAsync("/api/account/password", new { password = "another good password" });
        await late.RefusesAsync(403, "session.confirm-again");
        using var wrong = await signedIn.PostAsync("/api/session/confirm", new { password = "not the password" });
        await wrong.RefusesAsync(401, "session.wrong-password");
        using var confirmed = await signedIn.PostAsync("/api/session/confirm", new { password = SetUpPeople.Password });
        Assert.Equal(204, (int)confirmed.StatusCode);
        using var changed = await signedIn.PostAsync("/api/account/password", new { password = "another good password" });
        Assert.Equal(204, (int)changed.StatusCode);

        using var old = await anonymous.SignInAsync(login, SetUpPeople.Password);
        await old.RefusesAsync(401, "session.wrong-password");
    }

    [Fact]
    public async Task Where_the_setting_asks_staff_do_nothing_before_they_set_one_up()
    {
        await using var strict = await TestApp.StartAsync(settings => settings with { StaffSecondFactor = true });
        var school = await strict.OrganizationAsync(OrganizationKind.HighSchool);
        var (teacher, login) = await strict.WithPasswordAsync();
        await strict.JoinAsync(teacher, school.Id, Role.Teacher);
        using var student = await strict.AsAsync(await strict.PersonAsync(school.Id, Role.Student));
        using var anonymous = strict.Anonymous();
        using var signedIn = strict.With((await anonymous.SignedInAsync(login)).AccessToken);

        using var refused = await signedIn.GetAsync(new Uri("/api/organizations", UriKind.Relative));
        await refused.RefusesAsync(403, "session.second-factor-required");
        Assert.Equal(200, await signedIn.StatusAsync("/api/me"));
        Assert.Equal(200, await student.StatusAsync("/api/organizations"));

        await TurnOnAsync(signedIn, teacher, strict);
        Assert.Equal(200, await signedIn.StatusAsync("/api/organizations"));
    }

    private Task<IReadOnlyList<string>> TurnOnAsync(HttpClient signedIn, PersonId person) => TurnOnAsync(signedIn, person, app);

    private static async Task<IReadOnlyList<string>> TurnOnAsync(HttpClient signedIn, PersonId person, TestApp app)
    {
        using var offered = await signedIn.PostAsync("/api/account/second-factor", new { });
        var view = await offered.ReadAsync<SecondFactorView>();
        Assert.Contains(view.Secret, view.Uri, StringComparison.Ordinal);
        using var confirmed = await signedIn.PostAsync("/api/account/second-factor/confirm", new { code = await CodeAsync(person, app) });
        return (await confirmed.ReadAsync<RecoveryCodesView>()).RecoveryCodes;
    }

    private Task<string> CodeAsync(PersonId person) => CodeAsync(person, app);

    private static async Task<string> CodeAsync(PersonId person, TestApp app)
    {
        var account = (await app.Store.FindAsync(AccountDocuments.Kind, person.Value, CancellationToken.None))!.Document;
        var secret = app.Services.GetRequiredService<KeyEncryptionKey>().Open(account.SecondFactor!.SealedSecret, SecondFactor.PurposeFor(person.Value));
        return Totp.CodeAt(secret, app.Clock.GetUtcNow());
    }
}
