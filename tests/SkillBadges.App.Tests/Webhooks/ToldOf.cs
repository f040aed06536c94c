using Microsoft.Extensions.DependencyInjection;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.App.Tests.Webhooks;

/// <summary>A webhook of an organization to where nobody listens, and what it is told.</summary>
internal sealed class ToldOf(IDocumentStore store, string subscription)
{
    public static async Task<ToldOf> ListenAsync(TestDistrict district, OrganizationId organization, params string[] types)
    {
        var (store, vault, now) = (district.Store, district.App.Services.GetRequiredService<KeyEncryptionKey>(), TimeProvider.System.Now());
        var id = NewId.Ordered(now);
        var made = new WebhookSubscription(id, organization, "https://sis.example.invalid/hooks", [.. types], vault.Seal(new byte[WebhookSubscription.SecretBytes], WebhookSubscription.PurposeOf(id)), now);
        await store.CommitAsync(new Changes().Add(WebhookDocuments.Subscriptions, made), CancellationToken.None);
        return new(store, made.Id);
    }

    /// <summary>Type and subject, in their order.</summary>
    public async Task<IReadOnlyList<(string Type, string Subject)>> ToldAsync() =>
        [.. (await store.QueryAsync(WebhookDocuments.Deliveries, WebhookDocuments.BySubscription.Where(subscription), CancellationToken.None)).Documents.Select(told => (told.Type, told.Subject))];

    /// <summary>It listens no more.</summary>
    public async Task EndAsync()
    {
        var read = await store.GetAsync(WebhookDocuments.Subscriptions, subscription, "webhook", CancellationToken.None);
        await store.CommitAsync(new Changes().Replace(WebhookDocuments.Subscriptions, read, read.Document with { EndedAt = TimeProvider.System.Now() }), CancellationToken.None);
    }
}
