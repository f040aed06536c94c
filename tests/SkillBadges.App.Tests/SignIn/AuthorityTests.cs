using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.SignIn;

/// <summary>Access tokens of another authority: a small one of our own, over HTTP.</summary>
public sealed class AuthorityTests : IAsyncLifetime
{
    private const string Audience = "https://skillbadges.example/api";

    private readonly RSA key = RSA.Create(2048);
    private WebApplication authority = null!;
    private TestApp app = null!;
    private string issuer = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        authority = builder.Build();
        authority.MapGet("/.well-known/openid-configuration", () => new { issuer, jwks_uri = $"{issuer}/jwks" });
        authority.MapGet("/jwks", () => new { keys = new[] { JsonWebKeyConverter.ConvertFromRSASecurityKey(new(key.ExportParameters(false)) { KeyId = "k1" }) } });
        await authority.StartAsync();
        issuer = authority.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        app = await TestApp.StartAsync(settings => settings with { Authorities = [new(issuer, Audience, "at+jwt")] });
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await authority.DisposeAsync();
        key.Dispose();
    }

    [Fact]
    public async Task A_linked_subject_is_that_person()
    {
        var person = await LinkedAsync("subject-1");
        using var client = app.With(Token("subject-1"));

        using var answer = await client.GetAsync(new Uri("/api/me", UriKind.Relative));

        Assert.Equal(person.Value, (await answer.ReadAsync<SkillBadges.App.SignIn.MeView>()).PersonId);
    }

    [Fact]
    public async Task Whom_a_roster_links_beforehand_needs_no_account_of_their_own()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        var student = PersonId.New(app.Clock.GetUtcNow());
        await app.Store.CommitAsync(new Changes().Add(PersonDocuments.Kind, Person.Named(student, "Ben Brooks")), CancellationToken.None);
        await app.JoinAsync(student, school.Id, Role.Student);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));
        using var linked = await admin.PostAsync($"/api/people/{student.Value}/identities", new { issuer, subject = "roster-1" });
        Assert.True(linked.IsSuccessStatusCode);
        using var client = app.With(Token("roster-1"));

        using var answer = await client.GetAsync(new Uri("/api/me", UriKind.Relative));

        Assert.Equal(student.Value, (await answer.ReadAsync<SkillBadges.App.SignIn.MeView>()).PersonId);
    }

    [Fact]
    public async Task An_address_of_ours_in_the_token_links_nobody()
    {
        var (_, login) = await app.WithPasswordAsync();
        using var client = app.With(Token("stranger", claims: new() { ["email"] = login, ["email_verified"] = true, ["preferred_username"] = login }));

        using var answer = await client.GetAsync(new Uri("/api/me", UriKind.Relative));

        await answer.RefusesAsync(401, "session.unlinked");
    }

    [Theory]
    [InlineData("id_token")]
    [InlineData("audience")]
    [InlineData("expired")]
    [InlineData("foreign key")]
    public async Task A_token_that_is_not_an_access_token_for_us_is_refused(string fault)
    {
        await LinkedAsync("subject-2");
        using var foreign = RSA.Create(2048);
        using var client = app.With(fault switch
        {
            "id_token" => Token("subject-2", type: "JWT"),
            "audience" => Token("subject-2", audience: "https://another.example"),
            "expired" => Token("subject-2", lifetime: TimeSpan.FromSeconds(-1)),
            _ => Token("subject-2", signer: foreign),
        });

        using var answer = await client.GetAsync(new Uri("/api/me", UriKind.Relative));

        await answer.RefusesAsync(401, "session.required");
    }

    [Fact]
    public async Task A_closed_account_is_closed_for_it_too_and_it_cannot_step_up()
    {
        var person = await LinkedAsync("subject-3");
        using var client = app.With(Token("subject-3"));
        using var stepUp = await client.PostAsync($"/api/people/{person.Value}/close", new { });
        await stepUp.RefusesAsync(401, "session.required");

        using var own = await app.AsAsync(person);
        using var closed = await own.PostAsync($"/api/people/{person.Value}/close", new { });
        Assert.True(closed.IsSuccessStatusCode);

        using var after = await client.GetAsync(new Uri("/api/me", UriKind.Relative));
        await after.RefusesAsync(401, "session.unlinked");
    }

    private async Task<PersonId> LinkedAsync(string subject)
    {
        var person = await app.PersonAsync();
        var account = (await app.Store.FindAsync(AccountDocuments.Kind, person.Value, CancellationToken.None))!;
        await app.Store.CommitAsync(new Changes().Replace(AccountDocuments.Kind, account, account.Document with { External = [new(issuer, subject)] }), CancellationToken.None);
        return person;
    }

    private string Token(string subject, string type = "at+jwt", string audience = Audience, TimeSpan? lifetime = null, RSA? signer = null, Dictionary<string, object>? claims = null)
    {
        var now = app.Clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            TokenType = type,
            Expires = now + (lifetime ?? TimeSpan.FromMinutes(5)),
            Claims = new Dictionary<string, object>(claims ?? []) { ["sub"] = subject },
            SigningCredentials = new(new RsaSecurityKey(signer ?? key) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        });
    }
}
