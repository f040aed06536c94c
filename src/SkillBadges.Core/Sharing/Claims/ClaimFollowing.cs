using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Core.Webhooks;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>A college is told when a badge that it gives or gave credit for is taken back, put on hold or stands again.</summary>
public sealed class ClaimFollowing(Commits commits, TimeProvider clock)
{
    private const int MostTold = 5;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>The status of a credential changed. Handles <see cref="IssuingTopics.StatusChanged"/>; doing it again changes nothing.</summary>
    public async Task FollowAsync(CredentialId credential, CancellationToken cancellationToken)
    {
        await foreach (var found in store.AllAsync(ClaimDocuments.Kind, ClaimDocuments.ByCredential.Where(credential.Value), cancellationToken))
        {
            await CheckAsync(found.Document.Id, cancellationToken);
        }
    }

    private Task<bool> CheckAsync(CreditClaimId id, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var (changes, now) = (new Changes(), clock.Now());
            var read = await store.GetAsync(ClaimDocuments.Kind, id.Value, "claim", token);
            var claim = read.Document;
            if (claim.IsLive && await StandsAsync(claim, changes, token) != (claim.BadgeFellAt is null))
            {
                changes.Replace(ClaimDocuments.Kind, read, claim with { BadgeFellAt = claim.BadgeFellAt is null ? now : null });
                await changes.NotifyRolesAsync(store, claim.College, Offices.Registry, MostTold, NoticeKind.CreditBadgeChanged, id.Value, now, token);
                await changes.TellAsync(store, claim.College, WebhookTypes.ClaimChanged, id.Value, now, token);
            }

            return new Outcome<bool>(changes, true, id.Value);
        },
        cancellationToken);

    private async Task<bool> StandsAsync(CreditClaim claim, Changes changes, CancellationToken cancellationToken)
    {
        var stands = true;
        foreach (var badge in claim.Badges)
        {
            var status = await store.GetAsync(CredentialStatusDocuments.Kind, badge.Credential.Value, "award", cancellationToken);
            changes.Require(CredentialStatusDocuments.Kind, status);
            stands &= status.Document.IsGood;
        }

        return stands;
    }
}
