using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Keeps what students enter for a college, sealed, and erases it with the decision.</summary>
public sealed class ClaimApplicants(IDocumentStore store, KeyEncryptionKey key, TimeProvider clock)
{
    public DateTimeOffset Now => clock.Now();

    /// <summary>The day at the college, where deadlines are counted.</summary>
    public Task<DateOnly> TodayAsync(CreditClaim claim, CancellationToken cancellationToken) => TodayAsync(claim.College, cancellationToken);

    /// <inheritdoc cref="TodayAsync(CreditClaim, CancellationToken)"/>
    public async Task<DateOnly> TodayAsync(OrganizationId college, CancellationToken cancellationToken) =>
        (await store.GetAsync(OrganizationDocuments.Kind, college.Value, "organization", cancellationToken)).Document.DayOf(clock.Now());

    /// <summary>As <see cref="TodayAsync(CreditClaim, CancellationToken)"/>, by college.</summary>
    public Task<IReadOnlyDictionary<OrganizationId, DateOnly>> TodaysAsync(IEnumerable<CreditClaim> claims, CancellationToken cancellationToken) =>
        store.DaysAsync(claims.Select(claim => claim.College), clock.Now(), cancellationToken);

    public void Keep(CreditClaim claim, ApplicantFacts facts, Changes changes) => changes.Add(ClaimDocuments.Applicants, ClaimApplicant.Of(claim.Id, facts, key));

    /// <summary>What was entered; null once it is erased.</summary>
    public async Task<ApplicantFacts?> FindAsync(CreditClaimId claim, CancellationToken cancellationToken) =>
        (await store.FindAsync(ClaimDocuments.Applicants, claim.Value, cancellationToken))?.Document.Open(key);

    public async Task EraseAsync(CreditClaimId claim, Changes changes, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(ClaimDocuments.Applicants, claim.Value, cancellationToken) is { } kept)
        {
            changes.Remove(ClaimDocuments.Applicants, kept);
        }
    }
}
