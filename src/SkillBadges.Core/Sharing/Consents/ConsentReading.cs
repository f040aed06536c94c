using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>A consent and what it is worth now.</summary>
/// <param name="Missing">Whose yes is still needed.</param>
public sealed record StandingConsent(Read<Consent> Read, ConsentState State, ImmutableArray<ConsentVoice> Missing)
{
    public static StandingConsent Of(Read<Consent> read, LearnerRights rights, DateTimeOffset now)
    {
        var needed = rights.Voices(read.Document.Terms.Recipient.Kind);
        var state = read.Document.StateAt(needed, now);
        return new(read, state, state == ConsentState.Waiting ? [.. needed.Where(voice => read.Document.Grants.All(grant => grant.Voice != voice))] : []);
    }
}

/// <summary>Finds consents, and says what somebody is to a learner's record.</summary>
public sealed class ConsentReading(IDocumentStore store, RightsReading reading, Authority authority, TimeProvider clock)
{
    public RightsReading Rights => reading;

    /// <summary>What the actor's yes would be in this record: the learner's, a guardian's, or nobody's (null). A guardianship that it rests on becomes a requirement.</summary>
    public async Task<ConsentVoice?> VoiceAsync(Actor actor, LearnerRights rights, Changes? changes, CancellationToken cancellationToken)
    {
        if (actor.IsLimited)
        {
            return null;
        }

        if (rights.People.Contains(actor.Person))
        {
            return ConsentVoice.Learner;
        }

        // Where the family holds the rights, the guardian is one that this record-keeper knows; beyond that, a minor's guardian is one that any school knows.
        var guardianship = (await GuardianshipsAsync(rights.People, cancellationToken)).FirstOrDefault(read => read.Document.Guardian == actor.Person && (!rights.FamilyHolds || read.Document.RecordKeeper == rights.RecordKeeper.Id));
        if (guardianship is null)
        {
            return null;
        }

        changes?.Require(GuardianshipDocuments.Kind, guardianship);
        return ConsentVoice.Guardian;
    }

    /// <summary>The guardians whose yes counts in this record.</summary>
    public async Task<IReadOnlyList<PersonId>> GuardiansAsync(LearnerRights rights, CancellationToken cancellationToken) =>
        [.. (await GuardianshipsAsync(rights.People, cancellationToken)).Where(read => !rights.FamilyHolds || read.Document.RecordKeeper == rights.RecordKeeper.Id).Select(read => read.Document.Guardian).Distinct()];

    /// <exception cref="RefusedException"><c>consent.not-found</c>, also when it is not the actor's to see.</exception>
    public async Task<StandingConsent> ReadAsync(Actor actor, ConsentId id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ConsentDocuments.Kind, id.Value, "consent", cancellationToken);
        var rights = await reading.OfAsync(read.Document.Learner, read.Document.Terms.Records.RecordKeeper, cancellationToken);
        return await SeesAsync(actor, rights, cancellationToken) ? StandingConsent.Of(read, rights, clock.Now()) : throw Refused.NotFound("consent");
    }

    /// <summary>The consents about one school's record of a learner, latest first: for the learner, the family and that school's office.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public async Task<(IReadOnlyList<StandingConsent> Items, string? Next)> ListAsync(
        Actor actor, PersonId learner, OrganizationId recordKeeper, Func<DocumentQuery<Consent>, DocumentQuery<Consent>> page, CancellationToken cancellationToken)
    {
        var rights = await reading.OfAsync(learner, recordKeeper, cancellationToken);
        if (!await SeesAsync(actor, rights, cancellationToken))
        {
            throw Refused.NotFound("learner");
        }

        var (found, now) = (await store.QueryAsync(ConsentDocuments.Kind, page(ConsentDocuments.ByLearner.Where(learner.Value).Descending()), cancellationToken), clock.Now());
        return ([.. found.Items.Where(read => read.Document.Terms.Records.RecordKeeper == recordKeeper).Select(read => StandingConsent.Of(read, rights, now))], found.Next);
    }

    /// <summary>A consent that is in force now and allows this; null when there is none.</summary>
    /// <param name="rights">Of the learner at the record-keeper.</param>
    /// <param name="recipient">To whom it would be shown.</param>
    /// <param name="kinds">All of these.</param>
    /// <param name="badges">Each of these; none asks for a consent about all badges.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<Read<Consent>?> FindHoldingAsync(
        LearnerRights rights, ConsentRecipient recipient, IReadOnlyCollection<RecordKind> kinds, IReadOnlyCollection<string> badges, CancellationToken cancellationToken)
    {
        var (needed, now, keeper) = (rights.Voices(recipient.Kind), clock.Now(), rights.RecordKeeper.Id);
        await foreach (var read in store.AllAsync(ConsentDocuments.Kind, ConsentDocuments.ByLearner.Where(rights.Learner.Id).Descending(), cancellationToken))
        {
            var scope = read.Document.Terms.Records;
            var covers = kinds.All(kind => badges.Count == 0 ? scope.Covers(keeper, kind, null) : badges.All(badge => scope.Covers(keeper, kind, badge)));
            if (covers && read.Document.Terms.Recipient == recipient && read.Document.StateAt(needed, now) == ConsentState.InForce)
            {
                return read;
            }
        }

        return null;
    }

    private async Task<bool> SeesAsync(Actor actor, LearnerRights rights, CancellationToken cancellationToken) =>
        await VoiceAsync(actor, rights, null, cancellationToken) is { } voice && (voice == ConsentVoice.Learner || rights.FamilyHolds || rights.Age != AgeBand.Adult)
        || await authority.FindAsync(actor, rights.RecordKeeper.Id, Offices.Registry, cancellationToken) is not null;

    private async Task<IReadOnlyList<Read<Guardianship>>> GuardianshipsAsync(ImmutableArray<PersonId> people, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var page = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByLearner.WhereAny([.. people.Select(person => person.Value)]), cancellationToken);
        return [.. page.Items.Where(read => read.Document.HoldsAt(now))];
    }
}
