using System.Security.Cryptography;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Webhooks;

/// <summary>A subscription with its secret, which is never shown again.</summary>
public sealed record SubscribedWebhook(WebhookSubscription Subscription, string Secret);

/// <summary>An organization's administrators say which systems are told of what happens there.</summary>
public sealed class WebhookWorkflow(Commits commits, Authority authority, KeyEncryptionKey vault, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>webhook.url</c>, <c>webhook.types</c>, <c>webhook.too-many</c>.</exception>
    public Task<SubscribedWebhook> SubscribeAsync(Actor actor, OrganizationId organization, string url, IReadOnlyCollection<string> types, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", token);
            var office = await authority.RequireAsync(actor, organization, Offices.Administrators, token);
            var secret = RandomNumberGenerator.GetBytes(WebhookSubscription.SecretBytes);
            var made = WebhookSubscription.Make(organization, url, types, secret, vault, address, clock.Now());
            return await store.CountAsync(WebhookDocuments.Subscriptions, WebhookDocuments.ByOrganization.Where(organization.Value), WebhookSubscription.MaxPerOrganization, token) < WebhookSubscription.MaxPerOrganization
                ? new Outcome<SubscribedWebhook>(new Changes().Add(WebhookDocuments.Subscriptions, made).Require(MembershipDocuments.Kind, office), new(made, WebhookSignature.Shown(secret)), made.Id)
                : throw Refused.Conflict("webhook.too-many", $"An organization has at most {WebhookSubscription.MaxPerOrganization} webhooks; please end one first.");
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<WebhookSubscription>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<WebhookSubscription>, DocumentQuery<WebhookSubscription>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Administrators, cancellationToken);
        return await store.QueryAsync(WebhookDocuments.Subscriptions, page(WebhookDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    /// <summary>It is told nothing more. Doing it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>webhook.not-found</c>.</exception>
    public Task EndAsync(Actor actor, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (read, office) = await OwnAsync(actor, id, token);
            var changes = read.Document.EndedAt is null
                ? new Changes().Require(MembershipDocuments.Kind, office).Replace(WebhookDocuments.Subscriptions, read, read.Document with { EndedAt = clock.Now() })
                : new Changes();
            return new Outcome<bool>(changes, true, id);
        },
        cancellationToken);

    /// <summary>What it was told, the latest first.</summary>
    /// <exception cref="RefusedException"><c>webhook.not-found</c>.</exception>
    public async Task<Page<WebhookDelivery>> DeliveriesAsync(Actor actor, string id, Func<DocumentQuery<WebhookDelivery>, DocumentQuery<WebhookDelivery>> page, CancellationToken cancellationToken)
    {
        await OwnAsync(actor, id, cancellationToken);
        return await store.QueryAsync(WebhookDocuments.Deliveries, page(WebhookDocuments.BySubscription.Where(id).Descending()), cancellationToken);
    }

    /// <summary>Sends it once more, under the same id.</summary>
    /// <exception cref="RefusedException"><c>webhook.not-found</c>.</exception>
    public Task<WebhookDelivery> ReplayAsync(Actor actor, string id, string delivery, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (_, office) = await OwnAsync(actor, id, token);
            var read = await store.FindAsync(WebhookDocuments.Deliveries, delivery, token) is { } found && found.Document.Subscription == id ? found : throw Refused.NotFound("webhook");
            var again = read.Document.Replay();
            var changes = new Changes().Require(MembershipDocuments.Kind, office).Replace(WebhookDocuments.Deliveries, read, again).Send(WebhookDocuments.Message(delivery, clock.Now()));
            return new Outcome<WebhookDelivery>(changes, again, delivery);
        },
        cancellationToken);

    private async Task<(Read<WebhookSubscription> Read, Read<Membership> Office)> OwnAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(WebhookDocuments.Subscriptions, id, "webhook", cancellationToken);
        return (read, await authority.FindAsync(actor, read.Document.Organization, Offices.Administrators, cancellationToken) ?? throw Refused.NotFound("webhook"));
    }
}
