using System.Net;
using System.Text.Json;
using SkillBadges.App.Http;
using SkillBadges.App.Organizations;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Organizations;

public sealed class OrganizationsTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Issuer = "did:web:other.example:orgs:east-high";

    [Fact]
    public async Task The_state_office_adds_a_school_and_everyone_can_read_it()
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        using var anyone = await app.AsAsync(await app.PersonAsync());
        var parent = await app.OrganizationAsync(OrganizationKind.District);
        var slug = NewSlug();

        using var answer = await admin.PostAsync("/api/organizations", new { slug, name = "Westfield High School", kind = "highSchool", parent = parent.Id.Value, timeZone = "America/Boise", scaleId = "four-level" });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("\"v1\"", answer.Headers.ETag?.Tag);
        var made = await answer.ReadAsync<OrganizationView>();
        Assert.Equal(("America/Boise", "four-level", parent.Id.Value), (made.TimeZone, made.ScaleId, made.Parent));
        Assert.Equal($"did:web:localhost%3A{app.BaseUrl.Port}:orgs:{slug}", made.Did);
        using var read = await anyone.GetAsync(answer.Headers.Location);
        Assert.Equal(JsonSerializer.Serialize(made, RequestJson.Strict), await read.Content.ReadAsStringAsync());
        using var children = await anyone.GetAsync(new Uri($"/api/organizations/{parent.Id.Value}/children", UriKind.Relative));
        Assert.Equal(made.Id, Assert.Single((await children.ReadAsync<PageOf<OrganizationView>>()).Items).Id);
    }

    [Fact]
    public async Task Nobody_else_adds_organizations()
    {
        using var anonymous = app.Anonymous();
        using var none = await anonymous.PostAsync("/api/organizations", new { slug = NewSlug(), name = "x", kind = "highSchool" });
        await none.RefusesAsync(401, "session.required");

        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.StateAdmin))
        {
            var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
            using var someone = await app.AsAsync(await app.PersonAsync(school.Id, role));
            using var answer = await someone.PostAsync("/api/organizations", new { slug = NewSlug(), name = "x", kind = "highSchool" });
            await answer.RefusesAsync(403, "role.missing");
        }
    }

    [Fact]
    public async Task A_short_name_is_taken_once_also_by_many_at_the_same_moment()
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        var slug = NewSlug();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => admin.PostAsync("/api/organizations", new { slug, name = "x", kind = "highSchool" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
        {
            await refused.RefusesAsync(409, "organization.slug-taken");
        }
    }

    [Fact]
    public async Task The_same_key_a_hundred_times_in_parallel_does_it_once_and_answers_the_same()
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        var body = new { slug = NewSlug(), name = "Once", kind = "college" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => admin.PostAsync("/api/organizations", body, (Idempotency.Header, "key-1"))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
    }

    [Fact]
    public async Task A_key_for_another_body_is_refused_and_another_persons_key_is_another_key()
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        using var first = await admin.PostAsync("/api/organizations", new { slug = NewSlug(), name = "One", kind = "college" }, (Idempotency.Header, "shared-key"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);

        using var other = await admin.PostAsync("/api/organizations", new { slug = NewSlug(), name = "Two", kind = "college" }, (Idempotency.Header, "shared-key"));
        await other.RefusesAsync(422, "request.key-reused");

        using var colleague = await app.AsAsync(await app.StateAdminAsync());
        using var theirs = await colleague.PostAsync("/api/organizations", new { slug = NewSlug(), name = "Three", kind = "college" }, (Idempotency.Header, "shared-key"));
        Assert.Equal(HttpStatusCode.Created, theirs.StatusCode);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("tab\tinside")]
    [InlineData("two, keys")]
    public async Task A_key_has_visible_ASCII_characters(string key)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());

        using var answer = await admin.PostAsync("/api/organizations", new { slug = NewSlug(), name = "x", kind = "college" }, (Idempotency.Header, key));

        await answer.RefusesAsync(400, "request.idempotency-key");
    }

    [Fact]
    public async Task An_administrator_keeps_the_list_of_accepted_schools()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        using var added = await admin.PostAsync($"/api/organizations/{school.Id.Value}/trusted-issuers", new { issuer = Issuer }, ("If-Match", "\"v1\""));
        Assert.Equal([Issuer], (await added.ReadAsync<OrganizationView>()).TrustedIssuers);
        Assert.Equal("\"v2\"", added.Headers.ETag?.Tag);

        using var stale = await admin.PostAsync($"/api/organizations/{school.Id.Value}/trusted-issuers", new { issuer = Issuer + "-2" }, ("If-Match", "\"v1\""));
        await stale.RefusesAsync(412, "request.stale");

        using var removed = await admin.DeleteAsync(new Uri($"/api/organizations/{school.Id.Value}/trusted-issuers?issuer={Uri.EscapeDataString(Issuer)}", UriKind.Relative));
        Assert.Empty((await removed.ReadAsync<OrganizationView>()).TrustedIssuers);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("W/\"v1\"")]
    [InlineData("\"v1\", \"v2\"")]
    [InlineData("\"\"")]
    [InlineData("\"v-1\"")]
    [InlineData("\"v99999999999999999999\"")]
    public async Task An_ETag_that_was_not_ours_is_refused(string tag)
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        using var answer = await admin.PostAsync($"/api/organizations/{school.Id.Value}/trusted-issuers", new { issuer = Issuer }, ("If-Match", tag));

        await answer.RefusesAsync(400, "request.if-match");
    }

    [Fact]
    public async Task Of_many_changes_from_the_same_version_one_holds()
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            admin.PostAsync($"/api/organizations/{school.Id.Value}/trusted-issuers", new { issuer = $"{Issuer}-{i}" }, ("If-Match", "\"v1\""))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            await lost.RefusesAsync(412, "request.stale");
        }
    }

    [Theory]
    [InlineData("https://other.example")]
    [InlineData("did:web:")]
    [InlineData("did:web:a b")]
    [InlineData("did:web:x\n")]
    [InlineData("")]
    public async Task What_is_not_a_DID_is_not_trusted(string issuer)
    {
        var school = await app.OrganizationAsync(OrganizationKind.HighSchool);
        using var admin = await app.AsAsync(await app.PersonAsync(school.Id, Role.OrganizationAdmin));

        using var answer = await admin.PostAsync($"/api/organizations/{school.Id.Value}/trusted-issuers", new { issuer });

        await answer.RefusesAsync(422, "organization.issuer");
    }

    [Fact]
    public async Task Pages_follow_one_another_and_their_cursors_tell_no_names()
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        var parent = await app.OrganizationAsync(OrganizationKind.District);
        foreach (var name in (string[])["Birch", "Alder", "Cedar", "Elm", "Dogwood"])
        {
            using var made = await admin.PostAsync("/api/organizations", new { slug = NewSlug(), name, kind = "highSchool", parent = parent.Id.Value });
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        }

        var names = new List<string>();
        var address = $"/api/organizations/{parent.Id.Value}/children?limit=2";
        var pages = 0;
        while (address is not null)
        {
            using var answer = await admin.GetAsync(new Uri(address, UriKind.Relative));
            var page = await answer.ReadAsync<PageOf<OrganizationView>>();
            names.AddRange(page.Items.Select(item => item.Name));
            pages++;
            var link = answer.Headers.TryGetValues("Link", out var links) ? Assert.Single(links) : null;
            Assert.Equal(page.Next is null, link is null);
            Assert.DoesNotContain("irch", link ?? "", StringComparison.OrdinalIgnoreCase);
            address = link?[1..link.IndexOf('>', StringComparison.Ordinal)];
            if (address is not null)
            {
                Assert.Contains("limit=2", address, StringComparison.Ordinal);
                using var elsewhere = await admin.GetAsync(new Uri($"/api/organizations?cursor={page.Next}", UriKind.Relative));
                await elsewhere.RefusesAsync(422, "paging.cursor");
            }
        }

        Assert.Equal(["Alder", "Birch", "Cedar", "Dogwood", "Elm"], names);
        Assert.Equal(3, pages);
    }

    private static string NewSlug() => $"s-{Guid.NewGuid():N}";
}
