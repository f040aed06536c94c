using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.Organizations;
using SkillBadges.App.SignIn;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Tests.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.App.Tests.SignIn;

public sealed class LinkTests : IAsyncLifetime
{
    private readonly TestApp app = new();
    private HttpClient anonymous = null!;
    private HttpClient browser = null!;

    public async Task InitializeAsync()
    {
        await app.InitializeAsync();
        (anonymous, browser) = (app.Anonymous(), app.Browser());
    }

    public async Task DisposeAsync()
    {
        anonymous.Dispose();
        browser.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task The_first_administrator_is_made_once()
    {
        var workflow = app.Services.GetRequiredService<SetUpWorkflow>();
        var printedBefore = (await workflow.OfferAsync(CancellationToken.None))!;
        var secret = (await workflow.OfferAsync(CancellationToken.None))!;

        // A mail scanner that opens the link does not use it up.
        Assert.Equal(200, await browser.StatusAsync($"/set-up/{secret}"));
        Assert.Equal(200, await browser.StatusAsync($"/set-up/{secret}"));
        await (await SetUpAsync(printedBefore)).RefusesAsync(410, "link.gone");
        await (await SetUpAsync("guess")).RefusesAsync(410, "link.gone");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => SetUpAsync(secret)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.Null(await workflow.OfferAsync(CancellationToken.None));
        Assert.Equal(410, await browser.StatusAsync($"/set-up/{secret}"));
        Assert.NotEmpty((await anonymous.SignedInAsync("first@test.example")).AccessToken);
    }

    [Fact]
    public async Task The_set_up_link_ends_after_an_hour()
    {
        var secret = (await app.Services.GetRequiredService<SetUpWorkflow>().OfferAsync(CancellationToken.None))!;
        app.Clock.Advance(TimeSpan.FromMinutes(61));

        await (await SetUpAsync(secret)).RefusesAsync(410, "link.gone");
    }

    [Fact]
    public async Task An_invitation_gives_a_role_and_an_account_once()
    {
        var (_, secret, school, _) = await InviteAsync("teacher");
        Assert.Equal(200, await browser.StatusAsync($"/invitation/{secret}"));

        using var accepted = await AcceptAsync(secret, "new.teacher@test.example");
        var view = await accepted.ReadAsync<AcceptedInvitationView>();
        using var again = await AcceptAsync(secret, "other.teacher@test.example");

        Assert.Equal((school.Id.Value, Role.Teacher), (view.OrganizationId, view.Role));
        await again.RefusesAsync(410, "link.gone");
        using var teacher = app.With((await anonymous.SignedInAsync("new.teacher@test.example")).AccessToken);
        using var me = await teacher.GetAsync(new Uri("/api/me", UriKind.Relative));
        Assert.Equal(Role.Teacher, Assert.Single((await me.ReadAsync<MeView>()).Memberships).Role);
    }

    [Fact]
    public async Task Who_is_signed_in_accepts_with_their_account()
    {
        var (_, secret, school, _) = await InviteAsync("counselor");
        var person = await app.PersonAsync();
        using var signedIn = await app.AsAsync(person);

        using var accepted = await signedIn.PostAsync("/api/accepted-invitations", new { secret });

        Assert.Equal((person.Value, school.Id.Value), ((await accepted.ReadAsync<AcceptedInvitationView>()).PersonId, school.Id.Value));
    }

    [Fact]
    public async Task An_invitation_falls_with_the_role_of_who_made_it()
    {
        var (admin, secret, _, membership) = await InviteAsync("teacher");
        await app.PersonAsync();
        using var ended = await admin.PostAsync($"/api/memberships/{membership.Value}/end", new { });
        Assert.True(ended.IsSuccessStatusCode);

        using var answer = await AcceptAsync(secret, "late.teacher@test.example");

        await answer.RefusesAsync(410, "link.gone");
    }

    [Fact]
    public async Task An_invitation_for_someone_is_for_no_other_and_can_be_taken_back()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        var student = await app.PersonAsync(school.Id, Role.Student);
        using var made = await admin.PostAsync("/api/invitations", new { organizationId = school.Id.Value, role = "teacher", personId = student.Value });
        var view = await made.ReadAsync<InvitationView>();
        var secret = view.Url!.Split('/')[^1];
        using var another = await app.AsAsync(await app.PersonAsync());

        using var taken = await another.PostAsync("/api/accepted-invitations", new { secret });
        await taken.RefusesAsync(403, "link.for-another");
        using var account = await AcceptAsync(secret, "second.account@test.example");
        await account.RefusesAsync(409, "link.has-account");
        using var listed = await admin.GetAsync(new Uri($"/api/organizations/{school.Id.Value}/invitations", UriKind.Relative));
        Assert.Null(Assert.Single((await listed.ReadAsync<SkillBadges.App.Http.PageOf<InvitationView>>()).Items).Url);
        using var revoked = await admin.DeleteAsync(new Uri($"/api/invitations/{view.Id}", UriKind.Relative));
        Assert.Equal(204, (int)revoked.StatusCode);
        Assert.Equal(410, await browser.StatusAsync($"/invitation/{secret}"));
    }

    [Fact]
    public async Task Asking_for_a_reset_answers_the_same_for_everyone()
    {
        var (_, login) = await app.WithPasswordAsync();

        using var known = await anonymous.PostAsync("/api/password-resets", new { loginName = login });
        using var unknown = await anonymous.PostAsync("/api/password-resets", new { loginName = "nobody@test.example" });

        Assert.Equal((202, ""), ((int)known.StatusCode, await known.Content.ReadAsStringAsync()));
        Assert.Equal((202, ""), ((int)unknown.StatusCode, await unknown.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_letter_goes_to_the_known_alone_and_its_link_sets_the_password_once()
    {
        var mail = Directory.CreateTempSubdirectory("skillbadges-mail-");
        try
        {
            await using var mailing = await TestApp.StartAsync(settings => settings with { MailFolder = mail.FullName });
            var (_, login) = await mailing.WithPasswordAsync();
            using var client = mailing.Anonymous();
            using var signedIn = mailing.With((await client.SignedInAsync(login)).AccessToken);
            var carried = new Letters(mail);

            await mailing.Services.GetRequiredService<PasswordResetMail>().WriteAsync(LoginName.HashOf("nobody@test.example"), CancellationToken.None);
            await mailing.Services.GetRequiredService<PasswordResetMail>().WriteAsync(LoginName.HashOf(login), CancellationToken.None);

            var text = Assert.Single(await carried.TakeAsync(1)).Raw;
            Assert.Contains($"To: <{login}>", text, StringComparison.Ordinal);
            var secret = System.Text.RegularExpressions.Regex.Match(ReceivedLetter.Of(text).Body, "/reset-password/(\\S+)").Groups[1].Value;
            using var reset = await client.PostAsync("/api/password-resets/accept", new { secret, password = "another good password" });
            Assert.Equal(204, (int)reset.StatusCode);
            using var twice = await client.PostAsync("/api/password-resets/accept", new { secret, password = "a third good password" });
            await twice.RefusesAsync(410, "link.gone");
            Assert.Equal(401, await signedIn.StatusAsync("/api/me"));
            using var fresh = await client.SignInAsync(login, "another good password");
            Assert.True(fresh.IsSuccessStatusCode);
        }
        finally
        {
            mail.Delete(recursive: true);
        }
    }

    private Task<HttpResponseMessage> SetUpAsync(string secret) => anonymous.PostAsync("/api/set-up", new
    {
        secret,
        organizationSlug = "state-office",
        organizationName = "State office",
        displayName = "Ada Lovelace",
        loginName = "first@test.example",
        password = SetUpPeople.Password,
    });

    private Task<HttpResponseMessage> AcceptAsync(string secret, string loginName) =>
        anonymous.PostAsync("/api/accepted-invitations", new { secret, loginName, password = SetUpPeople.Password, displayName = "Grace Hopper" });

    private async Task<(HttpClient Admin, string Secret, Organization School, MembershipId Inviter)> InviteAsync(string role)
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        var person = await app.PersonAsync();
        var membership = await app.JoinAsync(person, school.Id, Role.OrganizationAdmin);
        var admin = await app.AsAsync(person);
        using var made = await admin.PostAsync("/api/invitations", new { organizationId = school.Id.Value, role });
        return (admin, (await made.ReadAsync<InvitationView>()).Url!.Split('/')[^1], school, membership);
    }
}
