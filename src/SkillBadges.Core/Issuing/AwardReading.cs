using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>Who may read an award and its credential: the learner, and the office of the organization that issued it.</summary>
public sealed class AwardReading(IDocumentStore store, Authority authority)
{
    /// <exception cref="RefusedException"><c>award.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<Read<Award>> ReadAsync(Actor actor, AwardId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(AwardDocuments.Kind, id.Value, "award", cancellationToken);
        return read.Document.Learner == actor.Person || await authority.FindAsync(actor, read.Document.Organization, Offices.Records, cancellationToken) is not null
            ? read
            : throw Refused.NotFound("award");
    }

    /// <param name="actor">Who asks.</param>
    /// <param name="id">Of the award.</param>
    /// <param name="form">A <see cref="SignedForm.Name"/>.</param>
    /// <exception cref="RefusedException"><c>award.not-found</c>, <c>award.not-signed-yet</c>, <c>credential.no-such-form</c>.</exception>
    public async Task<(Award Award, SignedForm Form)> CredentialAsync(Actor actor, AwardId id, string form, CancellationToken cancellationToken)
    {
        var award = (await ReadAsync(actor, id, cancellationToken)).Document;
        return (award, await SignedCredentialDocuments.FormAsync(store, award.Credential, form, cancellationToken));
    }
}
