using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using SkillBadges.App.OneRoster;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.OneRoster.Clients;
using SkillBadges.Core.OneRoster.Records;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Tests.OneRoster;

public sealed class RosterReadSideTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_registered_system_reads_users_page_by_page_and_each_learner_gets_a_row()
    {
        var (school, people) = await SchoolAsync(5);
        using var client = await ClientAsync(school, RosterScopes.Roster);

        using var first = await client.GetAsync(new Uri("/ims/oneroster/rostering/v1p2/users?limit=3&offset=0", UriKind.Relative));
        var users = (await JsonAsync(first))["users"]!.AsArray();
        using var rest = await client.GetAsync(new Uri("/ims/oneroster/rostering/v1p2/users?limit=3&offset=3", UriKind.Relative));

        Assert.Equal(["u0", "u1", "u2"], users.Select(user => (string)user!["sourcedId"]!));
        Assert.Equal("5", Assert.Single(first.Headers.GetValues("X-Total-Count")));
        Assert.Contains("offset=3>; rel=\"next\"", Assert.Single(first.Headers.GetValues("Link")), StringComparison.Ordinal);
        Assert.Equal(2, (await JsonAsync(rest))["users"]!.AsArray().Count);
        Assert.False(rest.Headers.Contains("Link"));
        Assert.Equal("active", (string)users[0]!["status"]!);
        Assert.Equal(("student", "s1"), ((string)users[0]!["roles"]![0]!["role"]!, (string)users[0]!["roles"]![0]!["org"]!["sourcedId"]!));
        var row = (await app.Store.FirstAsync(DisclosureDocuments.Kind, DisclosureDocuments.ByLearner.Where(people[0].Value), CancellationToken.None))!.Document;
        Assert.Equal((DisclosureDoor.Export, "A gradebook", school), (row.Door, row.Recipient, row.RecordKeeper));
    }

    [Fact]
    public async Task Filters_and_fields_choose_and_what_is_not_answered_is_refused_with_status_info()
    {
        var (school, _) = await SchoolAsync(3);
        using var client = await ClientAsync(school, RosterScopes.RosterCore);

        using var chosen = await client.GetAsync(new Uri("/ims/oneroster/rostering/v1p2/students?filter=givenName%3D%27Given1%27%20AND%20status%3D%27active%27&fields=sourcedId,givenName", UriKind.Relative));
        var student = Assert.Single((await JsonAsync(chosen))["users"]!.AsArray())!.AsObject();

        Assert.Equal(["sourcedId", "givenName"], student.Select(member => member.Key));
        foreach (var (query, code) in new[]
        {
            ("filter=color%3D%27red%27", "invalid_filter_field"), ("filter=givenName", "invalid_filter_field"), ("sort=familyName", "invalid_sort_field"), ("orderBy=desc", "invalid_sort_field"),
            ("fields=password", "invalid_selection_field"), ("limit=0", "invaliddata"), ("offset=-1", "invaliddata"), ("cursor=1", "invaliddata"),
        })
        {
            using var refused = await client.GetAsync(new Uri($"/ims/oneroster/rostering/v1p2/users?{query}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Equal(code, (string)(await JsonAsync(refused))["imsx_CodeMinor"]!["imsx_codeMinorField"]![0]!["imsx_codeMinorFieldValue"]!);
        }
    }

    [Fact]
    public async Task A_token_opens_what_its_scopes_say_and_nothing_of_the_api()
    {
        var (school, _) = await SchoolAsync(1);
        using var client = await ClientAsync(school, RosterScopes.Roster);
        using var nobody = app.Anonymous();

        using var categories = await client.GetAsync(new Uri("/ims/oneroster/gradebook/v1p2/categories", UriKind.Relative));
        using var own = await client.GetAsync(new Uri("/api/notices", UriKind.Relative));
        using var without = await nobody.GetAsync(new Uri("/ims/oneroster/rostering/v1p2/orgs", UriKind.Relative));
        using var one = await client.GetAsync(new Uri("/ims/oneroster/rostering/v1p2/orgs/s1", UriKind.Relative));
        using var none = await client.GetAsync(new Uri("/ims/oneroster/rostering/v1p2/orgs/s9", UriKind.Relative));

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.OK, HttpStatusCode.NotFound), (categories.StatusCode, own.StatusCode, without.StatusCode, one.StatusCode, none.StatusCode));
        Assert.Equal("A School", (string)(await JsonAsync(one))["org"]!["name"]!);
    }

    [Fact]
    public async Task A_revoked_system_reads_nothing_any_more_and_gets_no_token()
    {
        var (school, _) = await SchoolAsync(1);
        using var admin = await app.AsAsync(await app.PersonAsync(school, Role.OrganizationAdmin));
        var registered = await RegisterAsync(admin, school, RosterScopes.Gradebook);
        using var client = await TokenAsync(registered);
        using var before = await client.GetAsync(new Uri("/ims/oneroster/gradebook/v1p2/results", UriKind.Relative));

        using var revoked = await admin.DeleteAsync(new Uri($"/api/oneroster/clients/{registered.Client.Id}", UriKind.Relative));
        using var after = await client.GetAsync(new Uri("/ims/oneroster/gradebook/v1p2/results", UriKind.Relative));
        using var again = await AskAsync(registered.Client.Id, registered.Secret);

        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (before.StatusCode, revoked.StatusCode, after.StatusCode, again.StatusCode));
        Assert.DoesNotContain(registered.Secret, System.Text.Encoding.UTF8.GetString(RosterClientDocuments.Kind.Write((await app.Store.FindAsync(RosterClientDocuments.Kind, registered.Client.Id, CancellationToken.None))!.Document)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_gets_no_token()
    {
        var (school, _) = await SchoolAsync(1);
        using var admin = await app.AsAsync(await app.PersonAsync(school, Role.OrganizationAdmin));
        var registered = await RegisterAsync(admin, school, RosterScopes.Roster);

        using var wrong = await AskAsync(registered.Client.Id, "not-it");
        using var unknown = await AskAsync("nobody", registered.Secret);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrong.StatusCode, unknown.StatusCode));
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    private static async Task<RegisteredClientView> RegisterAsync(HttpClient admin, OrganizationId school, string scope)
    {
        using var answer = await admin.PostAsync("/api/oneroster/clients", new { organizationId = school.Value, name = "A gradebook", scopes = new[] { scope } });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return await answer.ReadAsync<RegisteredClientView>();
    }

    private async Task<HttpClient> ClientAsync(OrganizationId school, string scope)
    {
        using var admin = await app.AsAsync(await app.PersonAsync(school, Role.OrganizationAdmin));
        return await TokenAsync(await RegisterAsync(admin, school, scope));
    }

    private async Task<HttpClient> TokenAsync(RegisteredClientView registered)
    {
        using var answer = await AskAsync(registered.Client.Id, registered.Secret);
        var client = app.Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await JsonAsync(answer))["access_token"]!);
        return client;
    }

    private async Task<HttpResponseMessage> AskAsync(string id, string secret)
    {
        using var client = app.Anonymous();
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", id), new("client_secret", secret)]);
        return await client.PostAsync(new Uri("/ims/oneroster/token", UriKind.Relative), form);
    }

    private async Task<(OrganizationId School, PersonId[] People)> SchoolAsync(int students)
    {
        var school = (await app.OrganizationAsync(OrganizationKind.HighSchool)).Id;
        var (source, now) = (RosterSource.Of(school, "sis").Value, app.Clock.Now());
        var changes = new Changes().Add(RosterDocuments.Orgs, new(source, "s1", "A School", "school") { Organization = school, ChangedAt = now });
        var people = Enumerable.Range(0, students).Select(_ => PersonId.New(now)).ToArray();
        foreach (var (person, i) in people.Select((person, i) => (person, i)))
        {
            changes.Add(RosterDocuments.Users, new(source, $"u{i}", person, $"user{i}", $"Given{i}", "Family")
            {
                ChangedAt = now,
                Roles = [new($"r{i}", "primary", "student", "s1")],
                Memberships = [new(school, Role.Student, MembershipId.New(now))],
            });
        }

        await app.Store.CommitAsync(changes, CancellationToken.None);
        return (school, people);
    }
}
