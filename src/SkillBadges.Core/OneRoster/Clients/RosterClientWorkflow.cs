using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.OneRoster.Clients;

/// <summary>A client as it was just registered, with the secret that is never shown again.</summary>
public sealed record RegisteredClient(RosterClient Client, string Secret);

/// <summary>An organization's administrators say which systems may read its rosters and results.</summary>
public sealed class RosterClientWorkflow(Commits commits, Authority authority, TimeProvider clock)
{
    private const int SecretBytes = 32;

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>roster-client.name</c>, <c>roster-client.scopes</c>, <c>oneroster.source</c>.</exception>
    public Task<RegisteredClient> RegisterAsync(Actor actor, OrganizationId organization, string sourceName, string name, ImmutableArray<string> scopes, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", attemptToken);
            var office = await authority.RequireAsync(actor, organization, Offices.Administrators, attemptToken);
            var secret = NewId.Secret(SecretBytes);
            var client = RosterClient.Register(organization, sourceName, name, scopes, secret, actor.Person, clock.Now());
            return new Outcome<RegisteredClient>(new Changes().Add(RosterClientDocuments.Kind, client).Require(MembershipDocuments.Kind, office), new(client, secret), client.Id);
        },
        cancellationToken);

    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<RosterClient>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<RosterClient>, DocumentQuery<RosterClient>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, organization, Offices.Administrators, cancellationToken);
        return await store.QueryAsync(RosterClientDocuments.Kind, page(RosterClientDocuments.ByOrganization.Where(organization.Value)), cancellationToken);
    }

    /// <summary>Its tokens are refused from now on. Doing it again changes nothing.</summary>
    /// <exception cref="RefusedException"><c>roster-client.not-found</c>.</exception>
    public Task RevokeAsync(Actor actor, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(RosterClientDocuments.Kind, id, "roster-client", attemptToken);
            var office = await authority.FindAsync(actor, read.Document.Organization, Offices.Administrators, attemptToken) ?? throw Refused.NotFound("roster-client");
            var changes = new Changes().Require(MembershipDocuments.Kind, office).Replace(RosterClientDocuments.Kind, read, read.Document.Revoke(clock.Now()));
            return new Outcome<bool>(changes, true, id);
        },
        cancellationToken);
}
