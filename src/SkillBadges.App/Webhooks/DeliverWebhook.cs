using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SkillBadges.App.Http;
using SkillBadges.App.Jobs;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.App.Webhooks;

/// <summary>
/// Posts what a subscription is told, signed as Standard Webhooks 1.0.0 says, through guarded connections: public addresses, pinned after one resolution, no redirects. The id stays the same from try to
/// try, so that a receiver who took it and could not say so knows it again.
/// </summary>
internal sealed class DeliverWebhook(IDocumentStore store, KeyEncryptionKey vault, InstanceAddress address, TimeProvider clock) : IOutboxHandler
{
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string Topic => WebhookDocuments.Topic;

    public async Task HandleAsync(string subject, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(WebhookDocuments.Deliveries, subject, cancellationToken) is not { Document.State: DeliveryState.Waiting } read)
        {
            return;
        }

        var subscription = await store.GetAsync(WebhookDocuments.Subscriptions, read.Document.Subscription, "webhook", cancellationToken);
        var changes = new Changes();
        if (subscription.Document.EndedAt is not null)
        {
            changes.Replace(WebhookDocuments.Deliveries, read, read.Document with { State = DeliveryState.Dropped });
        }
        else
        {
            var status = await PostAsync(subscription.Document, read.Document, cancellationToken);
            changes.Replace(WebhookDocuments.Deliveries, read, read.Document.Tried(status, clock.Now(), out var again));
            if (again is { } at)
            {
                changes.Send(WebhookDocuments.Message(subject, at));
            }
        }

        await store.CommitAsync(changes, cancellationToken);
    }

    private async Task<int?> PostAsync(WebhookSubscription subscription, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(
            new { type = delivery.Type, timestamp = delivery.HappenedAt, data = new { id = delivery.Subject, organizationId = delivery.Organization.Value } }, JsonSerializerOptions.Web);
        var url = new Uri(subscription.Url);
        var (timestamp, secret) = (clock.GetUtcNow().ToUnixTimeSeconds(), vault.Open(subscription.SealedSecret, WebhookSubscription.PurposeOf(subscription.Id)));
        using var client = new HttpClient(GuardedConnection.Handler(WebhookSubscription.Policy(address, url))) { Timeout = Patience, MaxResponseContentBufferSize = MaxAnswer };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", delivery.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(secret, delivery.Id, timestamp, body));
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
