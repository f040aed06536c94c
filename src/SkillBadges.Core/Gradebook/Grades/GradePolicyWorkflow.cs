using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Grades;

/// <summary>An organization writes its policy of letters; each edit is another version.</summary>
public sealed class GradePolicyWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private const int MaxVersions = 500;

    private readonly IDocumentStore store = commits.Store;

    /// <summary>The first version of a policy, or the next one of a policy of the same organization. For its office.</summary>
    /// <param name="actor">Of the office.</param>
    /// <param name="organization">Whose policy.</param>
    /// <param name="policyKey">Null for a new policy.</param>
    /// <param name="terms">All of it.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>grade-policy.not-found</c>, <c>grade-policy.too-many</c>, <c>scale.not-found</c>, and those of <see cref="GradeTerms.Checked"/>.</exception>
    public Task<Read<GradePolicy>> WriteAsync(Actor actor, OrganizationId organization, string? policyKey, GradeTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken);
            var version = policyKey is null ? 1 : await NextAsync(organization, policyKey, attemptToken);
            var named = terms.Scales.Take(GradeTerms.MaxScales + 1).Select(scale => scale.Scale).Distinct(StringComparer.Ordinal);

            // Versions of scales never change, so nothing need be required of them at the commit.
            var scales = (await store.FindAllAsync(ScaleDocuments.Versions, named, attemptToken)).ToDictionary(scale => ScaleDocuments.VersionId(scale.Id, scale.Version), StringComparer.Ordinal);
            var now = clock.Now();
            var policy = new GradePolicy(policyKey ?? NewId.Ordered(now), version, organization, terms.Checked(scales), actor.Person, now);
            return new Changes().Require(MembershipDocuments.Kind, office).Audit(organization, actor, ActKind.GradePolicyWritten, policy.Id, now).Adding(GradePolicyDocuments.Kind, policy);
        },
        (id, token) => store.GetAsync(GradePolicyDocuments.Kind, id, "grade-policy", token),
        cancellationToken);

    /// <summary>All versions of an organization's policies, latest first. They are no secret: they stand on every document that was made by them.</summary>
    public Task<Page<GradePolicy>> ListAsync(OrganizationId organization, Func<DocumentQuery<GradePolicy>, DocumentQuery<GradePolicy>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(GradePolicyDocuments.Kind, page(GradePolicyDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);

    private async Task<int> NextAsync(OrganizationId organization, string policyKey, CancellationToken cancellationToken)
    {
        var last = await store.FirstAsync(GradePolicyDocuments.Kind, GradePolicyDocuments.ByKey.Where(policyKey).Descending(), cancellationToken);
        return last?.Document is not { } policy || policy.Organization != organization
            ? throw Refused.NotFound("grade-policy")
            : policy.Version < MaxVersions ? policy.Version + 1 : throw Refused.Conflict("grade-policy.too-many", $"A policy has at most {MaxVersions} versions; please write a new one.");
    }
}
