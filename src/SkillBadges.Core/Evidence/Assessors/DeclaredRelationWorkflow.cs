using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>Staff say to whom they are too close to judge; the office may enter it and alone ends it.</summary>
public sealed class DeclaredRelationWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">One of the two who works there, or the office.</param>
    /// <param name="asked">Without an id.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>person.not-found</c>, and those of <see cref="DeclaredRelation.Declare"/>.</exception>
    public Task<Read<DeclaredRelation>> DeclareAsync(Actor actor, DeclaredRelation asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var roles = actor.Person == asked.First ? [Role.Teacher, Role.Supervisor, .. Offices.Registry] : Offices.Registry;
            var role = await authority.RequireAsync(actor, asked.Organization, roles, attemptToken);
            var declared = DeclaredRelation.Declare(asked with { Id = DeclaredRelationId.New(now), DeclaredBy = actor.Person, From = now });
            var changes = new Changes().Require(MembershipDocuments.Kind, role);
            await store.TouchAsync(changes, [declared.First, declared.Second], attemptToken);
            return changes.Adding(DeclaredRelationDocuments.Kind, declared);
        },
        (id, replayToken) => store.GetAsync(DeclaredRelationDocuments.Kind, id, "relation", replayToken),
        cancellationToken);

    /// <summary>The office says that it is over.</summary>
    /// <exception cref="RefusedException"><c>relation.not-found</c>, <c>relation.ended</c>, <c>request.stale</c>.</exception>
    public Task<Read<DeclaredRelation>> EndAsync(Actor actor, DeclaredRelationId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(DeclaredRelationDocuments.Kind, id.Value, "relation", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, attemptToken);
            if (office is null || actor.Person == read.Document.First || actor.Person == read.Document.Second)
            {
                throw Refused.NotFound("relation");
            }

            var ended = read.MustBe(ifMatch).Document.End(clock.Now());
            return new Changes().Require(MembershipDocuments.Kind, office).Replacing(DeclaredRelationDocuments.Kind, read, ended);
        },
        (result, replayToken) => store.GetAsync(DeclaredRelationDocuments.Kind, result, "relation", replayToken),
        cancellationToken);

    /// <summary>Those of an organization, for its office; without one those that name the actor.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<DeclaredRelation>> ListAsync(
        Actor actor, OrganizationId? organization, Func<DocumentQuery<DeclaredRelation>, DocumentQuery<DeclaredRelation>> page, CancellationToken cancellationToken)
    {
        if (organization is not { } office)
        {
            return await store.QueryAsync(DeclaredRelationDocuments.Kind, page(DeclaredRelationDocuments.ByPerson.Where(actor.Person.Value).Descending()), cancellationToken);
        }

        await authority.RequireAsync(actor, office, Offices.Registry, cancellationToken);
        return await store.QueryAsync(DeclaredRelationDocuments.Kind, page(DeclaredRelationDocuments.ByOrganization.Where(office.Value).Descending()), cancellationToken);
    }
}
