using SkillBadges.Core.Evidence.Content;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>An organization's administrator says which picture its certificates show beside the name.</summary>
public sealed class IssuerLogoWorkflow(Commits commits, IFileStore files, Authority authority, TimeProvider clock)
{
    /// <param name="actor">Administers the organization, or the state.</param>
    /// <param name="id">Whose logo it is.</param>
    /// <param name="received">A PNG picture; it can be positioned.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>organization.logo</c>, <c>file.store-full</c>, and those of <see cref="EvidenceContent.Inspect"/>.</exception>
    public async Task<Read<Organization>> SetAsync(Actor actor, OrganizationId id, Stream received, CancellationToken cancellationToken)
    {
        await authority.RequireOrStateAsync(actor, id, Offices.Administrators, cancellationToken);
        return await ChangeAsync(actor, id, await IssuerLogo.KeepAsync(files, received, cancellationToken), cancellationToken);
    }

    /// <summary>Certificates show the name alone again.</summary>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>.</exception>
    public Task<Read<Organization>> RemoveAsync(Actor actor, OrganizationId id, CancellationToken cancellationToken) => ChangeAsync(actor, id, null, cancellationToken);

    private Task<Read<Organization>> ChangeAsync(Actor actor, OrganizationId id, Sha256Digest? logo, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await commits.Store.GetAsync(OrganizationDocuments.Kind, id.Value, "organization", attemptToken);
            var changes = new Changes().Require(MembershipDocuments.Kind, await authority.RequireOrStateAsync(actor, id, Offices.Administrators, attemptToken));
            return read.Document.Logo == logo
                ? new Outcome<Read<Organization>>(changes, read, id.Value)
                : changes.Audit(id, actor, ActKind.LogoChanged, null, clock.Now()).Replacing(OrganizationDocuments.Kind, read, read.Document with { Logo = logo });
        },
        cancellationToken);
}
