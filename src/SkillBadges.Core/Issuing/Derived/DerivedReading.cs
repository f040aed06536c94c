using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing.Derived;

/// <summary>
/// Who may read a derived credential: the learner, and the office of the organization that issued it; a proof of college credit also a family that holds the rights in every record whose badges
/// it rests on, as it reads the claim.
/// </summary>
public sealed class DerivedReading(IDocumentStore store, Authority authority, FamilyRights family)
{
    /// <exception cref="RefusedException"><c>award.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<Read<DerivedCredential>> ReadAsync(Actor actor, CredentialId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(DerivedDocuments.Kind, id.Value, "award", cancellationToken);
        return (read.Document.Learner == actor.Person && !actor.IsLimited)
            || await authority.FindAsync(actor, read.Document.Organization, Offices.Records, cancellationToken) is not null
            || await IsFamilysAsync(actor, read.Document, cancellationToken)
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

    private async Task<bool> IsFamilysAsync(Actor actor, DerivedCredential derived, CancellationToken cancellationToken)
    {
        if (derived.Kind != DerivedKind.Credit || derived.RestsOn.IsEmpty)
        {
            return false;
        }

        var awards = await store.WholeAsync(AwardDocuments.Kind, AwardDocuments.ByCredential.WhereAny([.. derived.RestsOn.Select(credential => credential.Value)]), cancellationToken);
        HashSet<PersonId> people = [derived.Learner, .. awards.Documents.Select(award => award.Learner)];
        var keepers = await family.RecordKeepersAsync(actor, people, cancellationToken);
        return awards.Items.Count > 0 && keepers.IsSupersetOf(awards.Documents.Select(award => award.Organization));
    }
}
