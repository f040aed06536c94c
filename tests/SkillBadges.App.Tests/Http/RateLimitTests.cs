using System.Net;

namespace SkillBadges.App.Tests.Http;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Too_many_requests_from_one_address_are_asked_to_wait()
    {
        await using var app = await TestApp.StartAsync(settings => settings with { Rates = new(PerAddress: 3, PerAccount: 0, SignInsPerAddress: 0) });
        using var client = app.Anonymous();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/", UriKind.Relative))).StatusCode);
        }

        using var fourth = await client.GetAsync(new Uri("/", UriKind.Relative));

        await fourth.RefusesAsync(429, "request.too-many");
        Assert.InRange(fourth.Headers.RetryAfter?.Delta?.TotalSeconds ?? 0, 1, 60);
    }

    [Fact]
    public async Task A_client_that_forges_its_address_is_counted_all_the_same()
    {
        await using var app = await TestApp.StartAsync(settings => settings with { Rates = new(PerAddress: 3, PerAccount: 0, SignInsPerAddress: 0) });
        using var client = app.Anonymous();

        Assert.Equal(HttpStatusCode.TooManyRequests, await LastOfFourAsync(client));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_address_before_it_counts()
    {
        await using var app = await TestApp.StartAsync(settings => settings with
        {
            Rates = new(PerAddress: 3, PerAccount: 0, SignInsPerAddress: 0),
            TrustedProxies = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")],
        });
        using var client = app.Anonymous();

        Assert.Equal(HttpStatusCode.OK, await LastOfFourAsync(client));

        // What a client writes left of the address that the proxy saw gives it no new allowance.
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("X-Forwarded-For", $"198.51.100.{i}, 203.0.113.77");
            using var answer = await client.SendAsync(request);
            Assert.Equal(i < 3 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
    }

    private static async Task<HttpStatusCode> LastOfFourAsync(HttpClient client)
    {
        var status = HttpStatusCode.OK;
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            using var answer = await client.SendAsync(request);
            status = answer.StatusCode;
        }

        return status;
    }
}
