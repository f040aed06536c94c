using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>An office keeps the columns that its state takes.</summary>
public sealed class StateLayoutWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>role.missing</c>, and those of <see cref="StateLayout.Checked()"/>.</exception>
    public Task<Read<StateLayout>> AddAsync(Actor actor, StateLayout layout, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var office = await authority.RequireAsync(actor, layout.Organization, Offices.Registry, attemptToken);
            var kept = layout.Checked() with { Id = NewId.Ordered(clock.Now()) };
            return new Outcome<Read<StateLayout>>(new Changes().Require(MembershipDocuments.Kind, office).Add(StateLayoutDocuments.Kind, kept), new(kept, kept.Id, 1), kept.Id);
        },
        (id, replayToken) => store.GetAsync(StateLayoutDocuments.Kind, id, "state-layout", replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<StateLayout>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<StateLayout>, DocumentQuery<StateLayout>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Registry, cancellationToken);
        return await store.QueryAsync(StateLayoutDocuments.Kind, page(StateLayoutDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }
}
