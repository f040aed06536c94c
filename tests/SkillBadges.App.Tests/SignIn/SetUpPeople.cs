using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SkillBadges.App.SignIn;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.SignIn;

/// <summary>People who have passwords.</summary>
internal static class SetUpPeople
{
    public const string Password = "correct horse battery";

    /// <summary>Someone with a login name and <see cref="Password"/>.</summary>
    public static async Task<(PersonId Person, string LoginName)> WithPasswordAsync(this TestApp app)
    {
        var now = app.Clock.Now();
        var login = LoginName.Parse($"ada.{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12]}@test.example");
        var person = Person.Named(PersonId.New(now), "Ada Lovelace");
        var hash = app.Services.GetRequiredService<PasswordHashing>().Hash(Password, login);
        await app.Store.CommitAsync(new Changes().Add(PersonDocuments.Kind, person).Add(AccountDocuments.Kind, new(person.Id, login.Text, hash)), CancellationToken.None);
        return (person.Id, login.Text);
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, string loginName, string password, string? code = null) =>
        client.PostAsync("/api/session", code is null ? new { loginName, password } : new { loginName, password, code });

    public static async Task<SessionView> SignedInAsync(this HttpClient client, string loginName, string? code = null)
    {
        using var answer = await client.SignInAsync(loginName, Password, code);
        return await answer.ReadAsync<SessionView>();
    }

    public static HttpClient With(this TestApp app, string token)
    {
        var client = app.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    public static async Task<int> StatusAsync(this HttpClient client, string address) => (int)(await client.GetAsync(new Uri(address, UriKind.Relative))).StatusCode;
}
