using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Webhooks;

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Tried as often as it is; may be sent again by hand.</summary>
    Failed,

    /// <summary>The subscription ended first.</summary>
    Dropped,
}

/// <summary>One thing that one subscription is told. It holds ids alone: whoever wants more asks for it, with a right of their own.</summary>
/// <param name="Subject">The id of the award, recognition or claim.</param>
public sealed record WebhookDelivery(string Id, string Subscription, OrganizationId Organization, string Type, string Subject, DateTimeOffset HappenedAt)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    public DeliveryState State { get; init; } = DeliveryState.Waiting;

    public int Attempts { get; init; }

    /// <summary>What was answered last; null when nothing was.</summary>
    public int? LastStatus { get; init; }

    public DateTimeOffset? LastTriedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = HappenedAt + Kept;

    /// <summary>As it is after a try.</summary>
    /// <param name="status">The status that was answered; null for silence.</param>
    /// <param name="at">When.</param>
    /// <param name="again">When to try again; null when it is over.</param>
    public WebhookDelivery Tried(int? status, DateTimeOffset at, out DateTimeOffset? again)
    {
        var isTaken = status is >= 200 and < 300;
        again = isTaken || Attempts >= Pauses.Length ? null : at + Pauses[Attempts];
        return this with { Attempts = Attempts + 1, LastStatus = status, LastTriedAt = at, State = isTaken ? DeliveryState.Delivered : again is null ? DeliveryState.Failed : DeliveryState.Waiting };
    }

    /// <summary>To be sent once more, under the same id.</summary>
    public WebhookDelivery Replay() => this with { State = DeliveryState.Waiting, Attempts = 0 };
}

public static class WebhookDocuments
{
    /// <summary>Subject: a delivery's id.</summary>
    public const string Topic = "webhook.deliver";

    public static readonly AccessPath<WebhookSubscription> ByOrganization = new AccessPath<WebhookSubscription>("organization")
        .Equal("organization", one => one.EndedAt is null ? one.Organization.Value : null).OrderBy("created", one => one.CreatedAt);

    public static readonly DocumentKind<WebhookSubscription> Subscriptions = new("webhook", one => one.Id) { Paths = [ByOrganization] };

    public static readonly AccessPath<WebhookDelivery> BySubscription = new AccessPath<WebhookDelivery>("subscription").Equal("subscription", one => one.Subscription).OrderBy("happened", one => one.HappenedAt);

    public static readonly AccessPath<WebhookDelivery> ByExpiry = new AccessPath<WebhookDelivery>("expiry").OrderBy("expires", one => one.ExpiresAt);

    public static readonly DocumentKind<WebhookDelivery> Deliveries = new("webhook_delivery", one => one.Id) { Paths = [BySubscription, ByExpiry] };

    public static OutboxMessage Message(string delivery, DateTimeOffset at) => new(NewId.Ordered(at), Topic, delivery, at);

    /// <summary>Adds to a commit what the organization's subscriptions are told when it holds.</summary>
    public static async Task TellAsync(this Changes changes, IDocumentStore store, OrganizationId organization, string type, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var subscribed = await store.QueryAsync(Subscriptions, ByOrganization.Where(organization.Value).Take(WebhookSubscription.MaxPerOrganization), cancellationToken);
        foreach (var subscription in subscribed.Documents.Where(one => one.Types.Contains(type)))
        {
            var delivery = new WebhookDelivery(NewId.Ordered(at), subscription.Id, organization, type, subject, at);
            changes.Add(Deliveries, delivery).Send(Message(delivery.Id, at));
        }
    }
}
