using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Recognitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Claims;
using SkillBadges.Core.Sharing.Shares;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

/// <summary>What rests on a badge now and is touched when it is taken back. Numbers alone: to whom a learner shows what is the learner's.</summary>
/// <param name="Stacks">Slugs of the stacks whose badges the learner holds all, and would no longer.</param>
/// <param name="CreditAsked">Open claims to college credit that show the badge; a college can no longer post them.</param>
/// <param name="CreditPosted">Claims that a college has posted; it is told.</param>
/// <param name="Recognitions">Recognitions by other schools that fall.</param>
/// <param name="Shares">Open links that show the badge; they say that it does not stand.</param>
public sealed record RevocationReach(ImmutableArray<string> Stacks, int CreditAsked, int CreditPosted, int Recognitions, int Shares)
{
    public static async Task<RevocationReach> OfAsync(IDocumentStore store, InstanceAddress address, Award award, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var claims = await ClaimsAsync(store, award, cancellationToken);
        var issuer = await store.GetAsync(OrganizationDocuments.Kind, award.Organization.Value, "organization", cancellationToken);
        var source = BroughtBadge.KeyOf(address.DidOf(issuer.Document.Slug), address.Credential(award.Credential));
        var (recognitions, shares) = (0, 0);
        await foreach (var read in store.AllAsync(RecognitionDocuments.Kind, RecognitionDocuments.BySource.Where(source), cancellationToken))
        {
            recognitions += read.Document.Counts ? 1 : 0;
        }

        await foreach (var read in store.AllAsync(ShareDocuments.Kind, ShareDocuments.ByLearner.Where(award.Learner.Value), cancellationToken))
        {
            shares += read.Document.IsOpenAt(now) && read.Document.Scope.Awards.Contains(award.Id) ? 1 : 0;
        }

        return new(
            await StacksAsync(store, award, cancellationToken), claims.Count(claim => claim.IsOpen), claims.Count(claim => claim.State == ClaimState.Posted), recognitions, shares);
    }

    private static async Task<IReadOnlyList<CreditClaim>> ClaimsAsync(IDocumentStore store, Award award, CancellationToken cancellationToken)
    {
        var claims = new List<CreditClaim>();
        await foreach (var read in store.AllAsync(ClaimDocuments.Kind, ClaimDocuments.ByCredential.Where(award.Credential.Value), cancellationToken))
        {
            claims.Add(read.Document);
        }

        return claims;
    }

    private static async Task<ImmutableArray<string>> StacksAsync(IDocumentStore store, Award award, CancellationToken cancellationToken)
    {
        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByLearner.Where(award.Learner.Value).Descending(), cancellationToken);
        var held = awards.Documents.Where(one => one.IsLive).ToLookup(one => one.Badge.Slug, StringComparer.Ordinal);
        if (held[award.Badge.Slug].Any(one => one.Id != award.Id))
        {
            // The learner holds the badge once more, and the stack with it.
            return [];
        }

        var stacks = ImmutableArray.CreateBuilder<string>();
        await foreach (var head in store.AllAsync(StackDocuments.Heads, StackDocuments.ByName.Where(), cancellationToken))
        {
            var stack = await store.FindAsync(StackDocuments.Versions, new BadgeVersionId(head.Id, head.Document.CurrentVersion).ToString(), cancellationToken);
            if (stack?.Document.Badges is { } needed && needed.Any(badge => badge.Slug == award.Badge.Slug) && needed.All(badge => held.Contains(badge.Slug)))
            {
                stacks.Add(head.Id);
            }
        }

        return stacks.DrainToImmutable();
    }
}
