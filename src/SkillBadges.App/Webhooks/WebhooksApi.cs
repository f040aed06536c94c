using Microsoft.AspNetCore.Http.HttpResults;
using SkillBadges.App.Http;
using SkillBadges.App.Jobs;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.App.Webhooks;

internal sealed record NewWebhookRequest(string OrganizationId, string Url, IReadOnlyList<string> Types);

internal sealed record WebhookView(string Id, string OrganizationId, string Url, IReadOnlyList<string> Types, DateTimeOffset CreatedAt)
{
    public static WebhookView Of(WebhookSubscription one) => new(one.Id, one.Organization.Value, one.Url, one.Types, one.CreatedAt);
}

/// <param name="Secret">Shown now and never again.</param>
internal sealed record SubscribedWebhookView(WebhookView Webhook, string Secret);

/// <param name="LastStatus">What was answered last; absent when nothing was.</param>
internal sealed record WebhookDeliveryView(string Id, string Type, string Subject, DateTimeOffset HappenedAt, DeliveryState State, int Attempts, int? LastStatus, DateTimeOffset? LastTriedAt)
{
    public static WebhookDeliveryView Of(WebhookDelivery one) => new(one.Id, one.Type, one.Subject, one.HappenedAt, one.State, one.Attempts, one.LastStatus, one.LastTriedAt);
}

/// <summary>Which systems are told of what happens at an organization.</summary>
internal static class WebhooksApi
{
    public static void AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookWorkflow>().AddSingleton<IOutboxHandler, DeliverWebhook>();
        services.AddSingleton<ExpiringDocuments>(new ExpiringDocuments<WebhookDelivery>(WebhookDocuments.Deliveries, WebhookDocuments.ByExpiry));
    }

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        var webhooks = app.MapApi("webhooks", "Organizations");
        webhooks.MapPost("", SubscribeAsync).WithMetadata(new RepeatsHarmlessly()).Produces<SubscribedWebhookView>(201)
            .Example(new NewWebhookRequest("01a1ffc9949976d3aef499540d4ca332", "https://sis.example.org/hooks/badges", [WebhookTypes.AwardIssued]))
            .WithSummary("Tells another system of awards that are issued (award.issued), taken back, put on hold or released (award.status-changed), and of badges from elsewhere that an organization relies on (recognition.changed, claim.changed), by ids alone, signed as Standard Webhooks says. The secret is in this answer and nowhere else.")
            .Refuses(403, "role.missing").Refuses(404, "organization.not-found").Refuses(409, "webhook.too-many").Refuses(422, "webhook.url", "webhook.types");
        webhooks.MapGet("", ListAsync).WithSummary("The webhooks of an organization.").Refuses(403, "role.missing");
        webhooks.MapDelete("{id}", EndAsync).WithSummary("It is told nothing more.").Refuses(404, "webhook.not-found").Refuses(409, "storage.version-conflict");
        webhooks.MapGet("{id}/deliveries", DeliveriesAsync).WithSummary("What it was told in the last 30 days, the latest first.").Refuses(404, "webhook.not-found");
        webhooks.MapPost("{id}/deliveries/{delivery}/replay", ReplayAsync).WithMetadata(new RepeatsHarmlessly()).WithSummary("Sends it once more, under the same id.").Refuses(404, "webhook.not-found");
    }

    private static async Task<Created<SubscribedWebhookView>> SubscribeAsync(NewWebhookRequest body, CurrentActor me, WebhookWorkflow workflow, CancellationToken cancellationToken)
    {
        var (subscription, secret) = await workflow.SubscribeAsync(me.Actor, OrganizationId.From(body.OrganizationId), body.Url, [.. body.Types], cancellationToken);
        return TypedResults.Created($"/api/webhooks/{subscription.Id}", new SubscribedWebhookView(WebhookView.Of(subscription), secret));
    }

    private static async Task<PageOf<WebhookView>> ListAsync(string organizationId, CurrentActor me, Paging paging, WebhookWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.ListAsync(me.Actor, OrganizationId.From(organizationId), paging.Of, cancellationToken), read => WebhookView.Of(read.Document));

    private static async Task<NoContent> EndAsync(string id, CurrentActor me, WebhookWorkflow workflow, CancellationToken cancellationToken)
    {
        await workflow.EndAsync(me.Actor, id, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<PageOf<WebhookDeliveryView>> DeliveriesAsync(string id, CurrentActor me, Paging paging, WebhookWorkflow workflow, CancellationToken cancellationToken) =>
        paging.Answer(await workflow.DeliveriesAsync(me.Actor, id, paging.Of, cancellationToken), read => WebhookDeliveryView.Of(read.Document));

    private static async Task<WebhookDeliveryView> ReplayAsync(string id, string delivery, CurrentActor me, WebhookWorkflow workflow, CancellationToken cancellationToken) =>
        WebhookDeliveryView.Of(await workflow.ReplayAsync(me.Actor, id, delivery, cancellationToken));
}
