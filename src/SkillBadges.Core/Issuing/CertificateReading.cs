using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Articulations;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>A certificate for those who may read the award; none is printed of a badge that does not stand.</summary>
public sealed class CertificateReading(IDocumentStore store, AwardReading awards, CreditReading credits, InstanceAddress address)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="id">The award.</param>
    /// <param name="language">In which the badge is named and explained, where its authors translated it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException">
    /// <c>award.not-found</c>, <c>award.not-signed-yet</c>, <c>certificate.taken-back</c>, <c>certificate.on-hold</c>.
    /// </exception>
    public async Task<Certificate> ReadAsync(Actor actor, AwardId id, string language, CancellationToken cancellationToken)
    {
        var award = (await awards.ReadAsync(actor, id, cancellationToken)).Document;
        if (award.State is AwardState.Revoked or AwardState.Cancelled)
        {
            throw Refused.Gone("certificate.taken-back", "This badge was taken back; there is no certificate of it.");
        }

        if (award.State == AwardState.Signing)
        {
            throw Refused.Conflict("award.not-signed-yet", "The badge is being signed; please ask again in a moment.");
        }

        if ((await store.FindAsync(CredentialStatusDocuments.Kind, award.Credential.Value, cancellationToken))?.Document.IsGood == false)
        {
            throw Refused.Conflict("certificate.on-hold", "This badge is on hold; a certificate can be had once it stands again.");
        }

        var badge = await store.VersionAsync(award.Badge, cancellationToken);
        var learner = (await store.GetAsync(PersonDocuments.Kind, award.Learner.Value, "person", cancellationToken)).Document;
        var issuer = (await store.GetAsync(OrganizationDocuments.Kind, award.Organization.Value, "organization", cancellationToken)).Document;
        var levels = award.Levels.ToDictionary(level => level.Competency, level => level.Level, StringComparer.Ordinal);
        return Certificate.Of(award, badge, language, learner, issuer, address, await credits.OfAsync(badge, levels, award.Organization, award.AwardedAt, cancellationToken));
    }
}
