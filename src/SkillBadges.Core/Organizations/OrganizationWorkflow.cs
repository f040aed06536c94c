using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>A new organization as the state office enters it.</summary>
public sealed record NewOrganization(string Slug, string Name, OrganizationKind Kind, OrganizationId? Parent, string? TimeZone, string? ScaleId);

/// <summary>Founds organizations and keeps whom they trust.</summary>
public sealed class OrganizationWorkflow(Commits commits, Authority authority, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">A state admin.</param>
    /// <param name="asked">The new organization; its short name is taken for good.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>organization.not-found</c> (the parent), <c>organization.slug-taken</c>, <c>organization.slug</c>, <c>organization.name</c>, <c>organization.time-zone</c>, <c>organization.scale</c>.
    /// </exception>
    public Task<Read<Organization>> FoundAsync(Actor actor, NewOrganization asked, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var admin = await authority.FindStateAdminAsync(actor, attemptToken) ?? throw Refused.Forbidden("role.missing", "Only the state office adds organizations.");
            var founded = Organization.Found(OrganizationId.New(now), asked.Slug, asked.Name, asked.Kind, asked.Parent);
            if (asked.ScaleId is not null)
            {
                founded = founded.OnScale(asked.ScaleId);
            }

            if (asked.TimeZone is not null)
            {
                founded = founded.InTimeZone(asked.TimeZone);
            }

            if (await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.BySlug.Where(founded.Slug), attemptToken) is not null)
            {
                throw Refused.Conflict("organization.slug-taken", "Another organization has this short name.");
            }

            var changes = new Changes().Require(MembershipDocuments.Kind, admin);
            if (asked.Parent is { } parent)
            {
                changes.Require(OrganizationDocuments.Kind, await store.GetAsync(OrganizationDocuments.Kind, parent.Value, "organization", attemptToken));
            }

            await InstanceDocuments.FixAsync(store, address, now, changes, attemptToken);
            return changes.Audit(founded.Id, actor, ActKind.OrganizationFounded, null, now).Adding(OrganizationDocuments.Kind, founded);
        },
        (id, replayToken) => store.GetAsync(OrganizationDocuments.Kind, id, "organization", replayToken),
        cancellationToken);

    /// <summary>An issuer's decisions count here from now on. Doing it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>organization.issuer</c>, <c>organization.too-many-issuers</c>, <c>request.stale</c>.</exception>
    public Task<Read<Organization>> TrustAsync(Actor actor, OrganizationId id, string issuer, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, key, ActKind.IssuerTrusted, organization => organization.Trust(issuer), cancellationToken);

    /// <summary>An issuer's later decisions do not count here any more.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>request.stale</c>.</exception>
    public Task<Read<Organization>> DistrustAsync(Actor actor, OrganizationId id, string issuer, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, id, ifMatch, null, ActKind.IssuerDistrusted, organization => organization.Distrust(issuer), cancellationToken);

    private Task<Read<Organization>> ChangeAsync(
        Actor actor, OrganizationId id, long? ifMatch, RequestKey? key, ActKind kind, Func<Organization, Organization> change, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = (await store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", attemptToken)).MustBe(ifMatch);
            var admin = await authority.RequireOrStateAsync(actor, id, Offices.Administrators, attemptToken);
            var changed = change(read.Document);
            var changes = new Changes().Require(MembershipDocuments.Kind, admin);
            return ReferenceEquals(changed, read.Document) || changed.TrustedIssuers.SequenceEqual(read.Document.TrustedIssuers)
                ? new Outcome<Read<Organization>>(changes, read, id.Value)
                : changes.Audit(id, actor, kind, null, clock.Now()).Replacing(OrganizationDocuments.Kind, read, changed);
        },
        (result, replayToken) => store.GetAsync(OrganizationDocuments.Kind, result, "organization", replayToken),
        cancellationToken);
}
