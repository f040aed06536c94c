using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Derived;

/// <summary>Who may read a derived credential: the learner, and the office of the organization that issued it.</summary>
public sealed class DerivedReading(IDocumentStore store, Authority authority)
{
    /// <exception cref="RefusedException"><c>award.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<Read<DerivedCredential>> ReadAsync(Actor actor, CredentialId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(DerivedDocuments.Kind, id.Value, "award", cancellationToken);
        return (read.Document.Learner == actor.Person && !actor.IsLimited) || await authority.FindAsync(actor, read.Document.Organization, Offices.Records, cancellationToken) is not null
            ? read
            : throw Refused.NotFound("award");
    }

    /// <param name="actor">Who asks.</param>
    /// <param name="id">Of the credential.</param>
    /// <param name="form">A <see cref="SignedForm.Name"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>award.not-found</c>, <c>award.not-signed-yet</c>, <c>credential.no-such-form</c>.</exception>
    public async Task<(DerivedCredential Derived, SignedForm Form)> CredentialAsync(Actor actor, CredentialId id, string form, CancellationToken cancellationToken)
    {
        var derived = (await ReadAsync(actor, id, cancellationToken)).Document;
        return (derived, await SignedCredentialDocuments.FormAsync(store, id, form, cancellationToken));
    }
}
