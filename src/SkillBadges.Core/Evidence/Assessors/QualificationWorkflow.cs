using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>An office checks licenses and enters what it saw; it revokes what holds no more.</summary>
public sealed class QualificationWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private static readonly Role[] Checking = [Role.Registrar, Role.OrganizationAdmin, Role.StateAdmin];

    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Works in the office of the organization, and is not the holder.</param>
    /// <param name="seen">Without an id.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>person.not-found</c>, and those of <see cref="Qualification.Verify"/>.</exception>
    public Task<Read<Qualification>> VerifyAsync(Actor actor, Qualification seen, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var office = await authority.RequireAsync(actor, seen.Organization, Checking, attemptToken);
            var holder = await store.GetAsync(PersonDocuments.Kind, seen.Holder.Value, "person", attemptToken);
            var verified = Qualification.Verify(seen with { Id = QualificationId.New(now), VerifiedBy = actor.Person, VerifiedAt = now });
            var changes = new Changes().Require(MembershipDocuments.Kind, office).Require(PersonDocuments.Kind, holder);
            return changes.Adding(QualificationDocuments.Kind, verified);
        },
        (id, replayToken) => store.GetAsync(QualificationDocuments.Kind, id, "qualification", replayToken),
        cancellationToken);

    /// <summary>From now on it allows nothing more; what was decided under it stays.</summary>
    /// <exception cref="RefusedException"><c>qualification.not-found</c>, <c>qualification.revoked</c>, <c>qualification.document</c>, <c>request.stale</c>.</exception>
    public Task<Read<Qualification>> RevokeAsync(Actor actor, QualificationId id, string reason, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(QualificationDocuments.Kind, id.Value, "qualification", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.Organization, Checking, attemptToken) ?? throw Refused.NotFound("qualification");
            var revoked = read.MustBe(ifMatch).Document.Revoke(clock.Now(), reason);
            return new Changes().Require(MembershipDocuments.Kind, office).Replacing(QualificationDocuments.Kind, read, revoked);
        },
        (result, replayToken) => store.GetAsync(QualificationDocuments.Kind, result, "qualification", replayToken),
        cancellationToken);

    /// <summary>What an office has checked; without an organization the actor's own. Revoked ones stay in sight.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<Qualification>> ListAsync(
        Actor actor, OrganizationId? organization, Func<DocumentQuery<Qualification>, DocumentQuery<Qualification>> page, CancellationToken cancellationToken)
    {
        if (organization is not { } office)
        {
            return await store.QueryAsync(QualificationDocuments.Kind, page(QualificationDocuments.ByHolder.Where(actor.Person.Value).Descending()), cancellationToken);
        }

        await authority.RequireAsync(actor, office, Checking, cancellationToken);
        return await store.QueryAsync(QualificationDocuments.Kind, page(QualificationDocuments.ByOrganization.Where(office.Value).Descending()), cancellationToken);
    }
}
