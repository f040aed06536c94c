using System.Net;

namespace SkillBadges.App.Tests.Http;

public sealed class FloorTests(TestApp app) : IClassFixture<TestApp>
{
    public static readonly TheoryData<string> Everywhere = ["/", "/problems", "/site.css", "/swagger/index.html", "/healthz", "/nothing-here", "/api/nothing-here"];

    [Theory]
    [MemberData(nameof(Everywhere))]
    public async Task Every_answer_tells_the_browser_to_load_and_frame_nothing_foreign(string address)
    {
        using var client = app.Anonymous();

        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task The_pages_hold_no_script_and_no_inline_style()
    {
        using var client = app.Browser();
        foreach (var address in (string[])["/", "/problems", "/nothing-here"])
        {
            var page = await (await client.GetAsync(new Uri(address, UriKind.Relative))).Content.ReadAsStringAsync();
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("style=", page, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_page_of_the_api_runs_under_the_same_policy()
    {
        using var client = app.Anonymous();

        var page = await client.GetStringAsync(new Uri("/swagger/index.html", UriKind.Relative));

        Assert.DoesNotMatch("<script(?![^>]*\\ssrc=)", page);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", page);
    }

    [Fact]
    public async Task The_start_page_leads_to_sign_in_badges_verification_and_api()
    {
        using var client = app.Browser();

        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.All((string[])["/sign-in", "/badges", "/verify", "/swagger"], link => Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_browser_gets_a_page_and_a_program_gets_a_problem()
    {
        using var browser = app.Browser();
        using var program = app.Anonymous();

        using var page = await browser.GetAsync(new Uri("/nothing-here", UriKind.Relative));
        using var problem = await program.GetAsync(new Uri("/nothing-here", UriKind.Relative));
        using var api = await browser.GetAsync(new Uri("/api/nothing-here", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        await problem.RefusesAsync(404, "request.no-such-address");
        await api.RefusesAsync(404, "request.no-such-address");
    }

    [Fact]
    public async Task A_problem_has_a_page_of_its_own()
    {
        using var client = app.Browser();

        var page = await client.GetStringAsync(new Uri("/problems/request.stale", UriKind.Relative));

        Assert.Contains("<code>request.stale</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>If-Match</code>", page, StringComparison.Ordinal);
        using var none = await client.GetAsync(new Uri("/problems/no-such-code", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_name_that_is_not_ours_is_not_answered()
    {
        using var client = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };

        using var answer = await client.SendAsync(request);

        await answer.RefusesAsync(400, "request.host");
    }

    [Fact]
    public async Task Nothing_is_shared_with_other_origins()
    {
        using var client = app.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/session");
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await client.SendAsync(request);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task It_lives_and_is_ready()
    {
        using var client = app.Anonymous();

        Assert.Equal("""{"status":"alive"}""", await client.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        Assert.StartsWith("""{"status":"ready","outboxWaiting":""", await client.GetStringAsync(new Uri("/readyz", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_hold_routes_and_neither_addresses_nor_queries()
    {
        using var client = app.Anonymous();

        using var answer = await client.GetAsync(new Uri("/problems/secret-in-path?name=secret-in-query", UriKind.Relative));

        await answer.RefusesAsync(404, "problem.not-found");
        Assert.Contains(app.Log.Lines, line => line.Contains("/problems/{Code}", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("SkillBadges", StringComparison.Ordinal) && line.Contains("secret-in", StringComparison.Ordinal));
    }
}
