using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using SkillBadges.App.Http;
using SkillBadges.App.Tests.Http;
using SkillBadges.App.Webhooks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.App.Tests.Webhooks;

/// <summary>Another system is told what happened, once more when it did not answer, and can tell that it was us.</summary>
[Collection(DistrictCollection.Name)]
public sealed class WebhooksTests(TestDistrict district)
{
    private const string Address = "/api/webhooks";

    [Fact]
    public async Task An_award_is_told_by_ids_alone_and_signed_so_that_the_receiver_knows_who_speaks()
    {
        using var receiver = new Receiver();
        using var admin = await AdminAsync();
        var (webhook, secret) = await SubscribeAsync(admin, receiver.Url);
        var learner = await district.LearnerAsync();
        var (_, answer) = await district.ApprovedAsync(learner.Person);

        var call = await receiver.NextAsync(answer.Award!.Id);

        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var signed = Encoding.UTF8.GetBytes($"{call.Id}.{call.Timestamp}.{call.Body}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}", call.Signature);
        Assert.InRange(long.Parse(call.Timestamp, null), district.App.Clock.GetUtcNow().ToUnixTimeSeconds() - 60, district.App.Clock.GetUtcNow().ToUnixTimeSeconds());
        var body = JsonNode.Parse(call.Body)!.AsObject();
        Assert.Equal((WebhookTypes.AwardIssued, district.West.Value), (body["type"]!.GetValue<string>(), body["data"]!["organizationId"]!.GetValue<string>()));
        Assert.Equal(["type", "timestamp", "data"], body.Select(member => member.Key));
        Assert.Equal(["id", "organizationId"], body["data"]!.AsObject().Select(member => member.Key));
        Assert.DoesNotContain(learner.Person.Value, call.Body, StringComparison.Ordinal);
        await EndAsync(admin, webhook);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_told_again_under_the_same_id_and_once_more_when_somebody_asks()
    {
        using var receiver = new Receiver { Answers = 503 };
        using var admin = await AdminAsync();
        var (webhook, _) = await SubscribeAsync(admin, receiver.Url);
        var award = (await district.ApprovedAsync((await district.LearnerAsync()).Person)).Answer.Award!.Id;
        var first = await receiver.NextAsync(award);
        var waiting = await DeliveryAsync(admin, webhook, first.Id, delivery => delivery.Attempts == 1);
        Assert.Equal((DeliveryState.Waiting, 503), (waiting.State, waiting.LastStatus));

        receiver.Answers = 204;
        district.App.Clock.Advance(TimeSpan.FromSeconds(6));
        var second = await receiver.NextAsync(award);

        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        await DeliveryAsync(admin, webhook, first.Id, delivery => delivery is { State: DeliveryState.Delivered, Attempts: 2, LastStatus: 204 });
        using var replayed = await admin.SendJsonAsync(HttpMethod.Post, $"{Address}/{webhook}/deliveries/{first.Id}/replay", null);
        Assert.Equal(first.Id, (await receiver.NextAsync(award)).Id);
        await EndAsync(admin, webhook);
        using var listed = await admin.GetAsync(new Uri($"{Address}?organizationId={district.West}", UriKind.Relative));
        Assert.DoesNotContain((await listed.ReadAsync<PageOf<WebhookView>>()).Items, one => one.Id == webhook);
    }

    [Theory]
    [InlineData("http://badges.example.org/hook")]
    [InlineData("https://localhost/hook")]
    [InlineData("https://10.0.0.1/hook")]
    [InlineData("https://[::1]/hook")]
    [InlineData("https://user:secret@badges.example.org/hook")]
    [InlineData("https://inside.internal/hook")]
    [InlineData("file:///etc/passwd")]
    [InlineData("hook")]
    public async Task Nobody_inside_is_reached(string url)
    {
        using var admin = await AdminAsync();
        using var answer = await admin.SendJsonAsync(HttpMethod.Post, Address, new { organizationId = district.West.Value, url, types = WebhookTypes.All });
        await answer.RefusesAsync(422, "webhook.url");
    }

    [Theory]
    [InlineData]
    [InlineData("award.issued", "award.issued")]
    [InlineData("learner.name-changed")]
    public async Task What_is_told_is_named(params string[] types)
    {
        using var admin = await AdminAsync();
        using var answer = await admin.SendJsonAsync(HttpMethod.Post, Address, new { organizationId = district.West.Value, url = "https://badges.example.org/hook", types });
        await answer.RefusesAsync(422, "webhook.types");
    }

    private async Task<HttpClient> AdminAsync() => await district.AsAsync(await district.App.PersonAsync(district.West, Role.OrganizationAdmin));

    private async Task<(string Id, string Secret)> SubscribeAsync(HttpClient admin, string url)
    {
        using var answer = await admin.SendJsonAsync(HttpMethod.Post, Address, new { organizationId = district.West.Value, url, types = new[] { WebhookTypes.AwardIssued } });
        var made = await answer.ReadAsync<SubscribedWebhookView>();
        return (made.Webhook.Id, made.Secret);
    }

    private static async Task EndAsync(HttpClient admin, string webhook)
    {
        using var ended = await admin.DeleteAsync(new Uri($"{Address}/{webhook}", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    private static async Task<WebhookDeliveryView> DeliveryAsync(HttpClient admin, string webhook, string id, Func<WebhookDeliveryView, bool> holds)
    {
        for (var tries = 0; ; tries++)
        {
            using var answer = await admin.GetAsync(new Uri($"{Address}/{webhook}/deliveries", UriKind.Relative));
            var delivery = (await answer.ReadAsync<PageOf<WebhookDeliveryView>>()).Items.Single(one => one.Id == id);
            if (holds(delivery))
            {
                return delivery;
            }

            Assert.True(tries < 100, $"Not so: {delivery}");
            await Task.Delay(100);
        }
    }

    private sealed record Call(string Id, string Timestamp, string Signature, string Body);

    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener listener = new();
        private readonly BlockingCollection<Call> calls = [];

        public Receiver()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            Url = $"http://localhost:{port}/hook";
            listener.Prefixes.Add($"http://localhost:{port}/");
            listener.Start();
            _ = Task.Run(ReceiveAsync);
        }

        public string Url { get; }

        public int Answers { get; set; } = 204;

        public Task<Call> NextAsync(string about) => Task.Run(() =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            return calls.GetConsumingEnumerable(patience.Token).First(call => call.Body.Contains(about, StringComparison.Ordinal));
        });

        public void Dispose()
        {
            listener.Close();
            calls.Dispose();
        }

        private async Task ReceiveAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream);
                    var headers = context.Request.Headers;
                    calls.Add(new(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync()));
                    context.Response.StatusCode = Answers;
                    context.Response.Close();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
            }
        }
    }
}
