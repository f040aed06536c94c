using System.Net;
using SkillBadges.App.Organizations;
using SkillBadges.App.Tests.Http;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Organizations;

/// <summary>What the floor refuses, shown at one operation; every operation stands on the same floor.</summary>
public sealed class BadInputTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Rest = "\"name\":\"Westfield\",\"kind\":\"highSchool\"";

    public static readonly TheoryData<string, int, string> Bodies = new()
    {
        { "", 400, "request.body-missing" },
        { "null", 400, "request.body-missing" },
        { "{", 400, "request.malformed-json" },
        { "{\"slug\":\"a-school\"," + Rest, 400, "request.malformed-json" },
        { "{\"slug\":\"a-school\"," + Rest + "}}", 400, "request.malformed-json" },
        { "{\"slug\":\"a-school\"," + Rest + ",}", 400, "request.malformed-json" },
        { "{/* no comments */\"slug\":\"a-school\"," + Rest + "}", 400, "request.malformed-json" },
        { "{'slug':'a-school'}", 400, "request.malformed-json" },
        { "\u001b", 400, "request.malformed-json" },
        { "{\"slug\":\"a-school\",\"slug\":\"b-school\"," + Rest + "}", 400, "request.duplicate-member" },
        { "{\"slug\":\"a-school\",\"\\u0073lug\":\"b-school\"," + Rest + "}", 400, "request.duplicate-member" },
        { "{\"slug\":\"a-school\",\"x\":{\"a\":1,\"a\":2}," + Rest + "}", 400, "request.duplicate-member" },
        { "{\"slug\":\"a-school\",\"unknown\":1," + Rest + "}", 400, "request.unknown-member" },
        { "{\"slug\":\"a-school\",\"id\":\"mine\"," + Rest + "}", 400, "request.unknown-member" },
        { "{\"Slug\":\"a-school\",\"slug\":\"a-school\"," + Rest + "}", 400, "request.unknown-member" },
        { "{\"slug\":\"a-school\",\"name\":\"Westfield\"}", 400, "request.missing-member" },
        { "{}", 400, "request.missing-member" },
        { "{\"slug\":7," + Rest + "}", 400, "request.wrong-type" },
        { "{\"slug\":null," + Rest + "}", 400, "request.wrong-type" },
        { "{\"slug\":[\"a-school\"]," + Rest + "}", 400, "request.wrong-type" },
        { "{\"slug\":\"a-school\",\"name\":\"Westfield\",\"kind\":\"castle\"}", 400, "request.wrong-type" },
        { "{\"slug\":\"a-school\",\"name\":\"Westfield\",\"kind\":2}", 400, "request.wrong-type" },
        { "[]", 400, "request.wrong-type" },
        { "\"text\"", 400, "request.wrong-type" },
        { "{\"slug\":\"a-\\u0000school\"," + Rest + "}", 400, "request.text-not-storable" },
        { "{\"slug\":\"a-\\ud800school\"," + Rest + "}", 400, "request.text-not-storable" },
        { "{\"slug\":\"a-school\",\"x\\udfff\":1," + Rest + "}", 400, "request.text-not-storable" },
        { new string('[', 33) + new string(']', 33), 400, "request.too-deep" },
        { "{\"slug\":\"a-school\",\"x\":" + new string('[', 900) + new string(']', 900) + "}", 400, "request.too-deep" },
        { new string('[', 200_000), 400, "request.too-deep" },
        { "{\"slug\":\"A School\"," + Rest + "}", 422, "organization.slug" },
        { "{\"slug\":\"a--school\"," + Rest + "}", 422, "organization.slug" },
        { "{\"slug\":\"../../etc\"," + Rest + "}", 422, "organization.slug" },
        { "{\"slug\":\"a-school\\n\"," + Rest + "}", 422, "organization.slug" },
        { "{\"slug\":\"a-school\",\"name\":\"   \",\"kind\":\"highSchool\"}", 422, "organization.name" },
        { "{\"slug\":\"a-school\",\"name\":\" \u200b\u2060\u3164\",\"kind\":\"highSchool\"}", 422, "organization.name" },
        { "{\"slug\":\"a-school\",\"name\":\"safe\\u202Eevil\",\"kind\":\"highSchool\"}", 422, "organization.name" },
        { "{\"slug\":\"a-school\",\"name\":\"two\\nlines\",\"kind\":\"highSchool\"}", 422, "organization.name" },
        { "{\"slug\":\"a-school\",\"name\":\"" + new string('x', 10_000) + "\",\"kind\":\"highSchool\"}", 422, "organization.name" },
        { "{\"slug\":\"a-school\",\"timeZone\":\"Moon/Tycho\"," + Rest + "}", 422, "organization.time-zone" },
        { "{\"slug\":\"a-school\",\"scaleId\":\"../x\"," + Rest + "}", 422, "organization.scale" },
        { "{\"slug\":\"a-school\",\"parent\":\"nobody\"," + Rest + "}", 404, "organization.not-found" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_by_name_and_nothing_is_kept(string body, int status, string code)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        var before = await CountAsync();

        using var answer = await admin.PostTextAsync("/api/organizations", body);

        await answer.RefusesAsync(status, code);
        Assert.Equal(before, await CountAsync());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Only_JSON_is_read(string mediaType)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());

        using var answer = await admin.PostTextAsync("/api/organizations", "{\"slug\":\"a-school\"," + Rest + "}", mediaType);

        await answer.RefusesAsync(415, "request.media-type");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_its_length_is_told(bool tellsLength)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/organizations")
        {
            Content = new StringContent("{\"slug\":\"" + new string('x', SkillBadges.App.Http.RequestBodies.MaxBytes) + "\"}", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = !tellsLength;

        using var answer = await admin.SendAsync(request);

        await answer.RefusesAsync(413, "request.too-large");
    }

    [Theory]
    [InlineData("مدرسة الرياض الثانوية")]
    [InlineData("בית ספר תיכון")]
    [InlineData("学校 😀 Šķola")]
    public async Task Names_in_any_script_come_back_as_they_were_sent(string name)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());

        using var answer = await admin.PostAsync("/api/organizations", new { slug = $"s-{Guid.NewGuid():N}", name, kind = "highSchool" });
        var made = await answer.ReadAsync<OrganizationView>();
        using var again = await admin.GetAsync(answer.Headers.Location);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(name, (await again.ReadAsync<OrganizationView>()).Name);
        Assert.Equal(name, made.Name);
    }

    [Theory]
    [InlineData("limit=0", "paging.limit")]
    [InlineData("limit=201", "paging.limit")]
    [InlineData("limit=-5", "paging.limit")]
    [InlineData("limit=ten", "paging.limit")]
    [InlineData("limit=5&limit=6", "paging.limit")]
    [InlineData("cursor=", "paging.cursor")]
    [InlineData("cursor=AAAA", "paging.cursor")]
    [InlineData("cursor=%00", "paging.cursor")]
    [InlineData("cursor=eyJJZCI6IngifQ", "paging.cursor")]
    public async Task A_page_that_cannot_be_is_refused(string query, string code)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());

        using var answer = await admin.GetAsync(new Uri($"/api/organizations?{query}", UriKind.Relative));

        await answer.RefusesAsync(422, code);
    }

    [Theory]
    [InlineData("/api/organizations/x/memberships")]
    [InlineData("/api/organizations/x/memberships?role=emperor")]
    public async Task A_query_that_is_missing_or_wrong_is_refused(string address)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());

        using var answer = await admin.GetAsync(new Uri(address, UriKind.Relative));

        await answer.RefusesAsync(400, "request.parameter");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("TRACE")]
    public async Task A_method_that_is_not_there_is_refused(string method)
    {
        using var admin = await app.AsAsync(await app.StateAdminAsync());

        using var answer = await admin.SendJsonAsync(new(method), "/api/organizations", null);

        await answer.RefusesAsync(405, "request.method");
    }

    private Task<int> CountAsync() => app.Store.CountAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where("a-school"), 10, CancellationToken.None);
}
