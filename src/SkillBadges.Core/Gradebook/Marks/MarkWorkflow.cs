using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Marks;

/// <summary>A school's policies of marks, version by version, and the layouts in which it takes them over.</summary>
public sealed class MarkWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The first version of a policy. For the school's or district's office.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>scale.not-found</c>, and those of <see cref="MarkTerms.Checked"/>.</exception>
    public Task<Read<MarkPolicy>> AddAsync(Actor actor, OrganizationId organization, MarkTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, organization, Offices.Registry, attemptToken);
            return await VersionAsync(new Changes().Require(MembershipDocuments.Kind, office), NewId.Ordered(clock.Now()), 1, actor, organization, terms, attemptToken);
        },
        (id, token) => store.GetAsync(MarkPolicyDocuments.Kind, id, "mark-policy", token),
        cancellationToken);

    /// <summary>The next version; marks under earlier ones stay what they were.</summary>
    /// <exception cref="RefusedException"><c>mark-policy.not-found</c>, <c>scale.not-found</c>, and those of <see cref="MarkTerms.Checked"/>.</exception>
    public Task<Read<MarkPolicy>> ReviseAsync(Actor actor, string policyKey, MarkTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var last = (await store.FirstAsync(MarkPolicyDocuments.Kind, MarkPolicyDocuments.ByKey.Where(policyKey).Descending(), attemptToken))?.Document ?? throw Refused.NotFound("mark-policy");
            var office = await authority.FindAsync(actor, last.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("mark-policy");
            return await VersionAsync(new Changes().Require(MembershipDocuments.Kind, office), policyKey, last.Version + 1, actor, last.Organization, terms, attemptToken);
        },
        (id, token) => store.GetAsync(MarkPolicyDocuments.Kind, id, "mark-policy", token),
        cancellationToken);

    /// <summary>All versions of an organization's policies, latest first; for its staff.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<MarkPolicy>> PoliciesAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<MarkPolicy>, DocumentQuery<MarkPolicy>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Staff, cancellationToken);
        return await store.QueryAsync(MarkPolicyDocuments.Kind, page(MarkPolicyDocuments.ByOrganization.Where(organization.Value).Descending()), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>role.missing</c>, <c>mark-layout.name</c>, <c>mark-layout.columns</c>.</exception>
    public Task<Read<MarkLayout>> AddLayoutAsync(Actor actor, MarkLayout layout, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, layout.Organization, Offices.Staff, attemptToken);
            var kept = layout.Checked() with { Id = NewId.Ordered(clock.Now()) };
            return new Changes().Require(MembershipDocuments.Kind, office).Adding(MarkLayoutDocuments.Kind, kept);
        },
        (id, token) => store.GetAsync(MarkLayoutDocuments.Kind, id, "mark-layout", token),
        cancellationToken);

    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<MarkLayout>> LayoutsAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<MarkLayout>, DocumentQuery<MarkLayout>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Staff, cancellationToken);
        return await store.QueryAsync(MarkLayoutDocuments.Kind, page(MarkLayoutDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    private async Task<Outcome<Read<MarkPolicy>>> VersionAsync(Changes changes, string key, int version, Actor actor, OrganizationId organization, MarkTerms terms, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(ScaleDocuments.Heads, terms.ScaleId, "scale", cancellationToken);
        var scale = await store.GetAsync(ScaleDocuments.Versions, ScaleDocuments.VersionId(terms.ScaleId, head.Document.CurrentVersion), "scale", cancellationToken);
        var policy = new MarkPolicy(key, version, organization, terms.Checked(scale.Document), scale.Document.Version, actor.Person, clock.Now());
        return new(changes.Add(MarkPolicyDocuments.Kind, policy).Audit(organization, actor, ActKind.MarkPolicyWritten, policy.Id, policy.At), new(policy, policy.Id, 1), policy.Id);
    }
}
