using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>Learners and guardians say yes, and take it back; the school's office records a withdrawal on paper.</summary>
public sealed class ConsentWorkflow(Commits commits, ConsentReading reading, Authority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Says yes. Where another's yes is needed too, they are told, and it allows nothing before.</summary>
    /// <exception cref="RefusedException">
    /// <c>learner.not-found</c>, <c>organization.not-found</c>, <c>consent.not-yours</c>, <c>consent.records</c>, <c>consent.purpose</c>, <c>consent.recipient</c>,
    /// <c>consent.expiry</c>, <c>consent.adults-only</c>, <c>consent.age-unknown</c>, <c>consent.too-young</c>.
    /// </exception>
    public Task<StandingConsent> GiveAsync(Actor actor, PersonId learner, ConsentTerms terms, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var rights = await reading.Rights.OfAsync(learner, terms.Records.RecordKeeper, attemptToken);
            var changes = new Changes().Require(PersonDocuments.Kind, rights.Learner);
            var voice = await HeardAsync(actor, rights, terms.Recipient.Kind, "learner", changes, attemptToken);
            await RequireRecipientAsync(terms, attemptToken);
            var given = new Consent(ConsentId.New(now), learner, terms.Checked(now), now).Give(new(voice, actor.Person, now, null));
            var standing = StandingConsent.Of(new(given, given.Id.Value, 1), rights, now);
            foreach (var person in standing.Missing.IsEmpty ? [] : voice == ConsentVoice.Learner ? await reading.GuardiansAsync(rights, attemptToken) : [learner])
            {
                changes.Notify(person, NoticeKind.ConsentAsked, given.Id.Value, now);
            }

            return new Outcome<StandingConsent>(changes.Add(ConsentDocuments.Kind, given), standing, given.Id.Value);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Adds the yes that is missing.</summary>
    /// <exception cref="RefusedException">
    /// <c>consent.not-found</c>, <c>consent.not-yours</c>, <c>consent.withdrawn</c>, <c>consent.expired</c>, <c>request.stale</c>, <c>consent.adults-only</c>, <c>consent.age-unknown</c>, <c>consent.too-young</c>.
    /// </exception>
    public Task<StandingConsent> AgreeAsync(Actor actor, ConsentId id, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var read = (await reading.ReadAsync(actor, id, attemptToken)).Read.MustBe(ifMatch);
            var rights = await RightsAsync(read.Document, attemptToken);
            var changes = new Changes().Require(PersonDocuments.Kind, rights.Learner);
            var voice = await HeardAsync(actor, rights, read.Document.Terms.Recipient.Kind, "consent", changes, attemptToken);
            var agreed = read.Document.Give(new(voice, actor.Person, now, null));
            return new Outcome<StandingConsent>(changes.Replace(ConsentDocuments.Kind, read, agreed), StandingConsent.Of(read.Became(agreed), rights, now), id.Value);
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>Takes it back, at once and for good: whoever's yes counts, and the office with a paper form.</summary>
    /// <param name="actor">The learner, a guardian, or the record-keeper's office.</param>
    /// <param name="id">Of the consent.</param>
    /// <param name="paper">For the office alone: where the signed form lies, and its date.</param>
    /// <param name="ifMatch">The version that was read, or null.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="RefusedException"><c>consent.not-found</c>, <c>consent.not-yours</c>, <c>consent.withdrawn</c>, <c>consent.paper</c>, <c>request.stale</c>.</exception>
    public Task<StandingConsent> WithdrawAsync(
        Actor actor, ConsentId id, (string Reference, DateOnly SignedOn)? paper, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var read = (await reading.ReadAsync(actor, id, attemptToken)).Read.MustBe(ifMatch);
            var rights = await RightsAsync(read.Document, attemptToken);
            var changes = new Changes();
            var form = paper is { } said ? await FormAsync(actor, rights, said, changes, attemptToken) : null;
            if (form is null)
            {
                var needed = rights.Voices(read.Document.Terms.Recipient.Kind);
                var voice = await reading.VoiceAsync(actor, rights, changes, attemptToken);
                _ = voice is { } heard && (needed.IsEmpty || needed.Contains(heard)) ? heard : throw NotYours();
            }

            var ended = read.Document.Withdraw(new(actor.Person, now, form));
            return new Outcome<StandingConsent>(changes.Replace(ConsentDocuments.Kind, read, ended), StandingConsent.Of(read.Became(ended), rights, now), id.Value);
        },
        ReplayAsync,
        cancellationToken);

    private async Task<PaperForm> FormAsync(Actor actor, LearnerRights rights, (string Reference, DateOnly SignedOn) said, Changes changes, CancellationToken cancellationToken)
    {
        changes.Require(MembershipDocuments.Kind, await authority.FindAsync(actor, rights.RecordKeeper.Id, Offices.Registry, cancellationToken) ?? throw NotYours());
        return new PaperForm(actor.Person, said.Reference, said.SignedOn).Checked(rights.RecordKeeper.DayOf(clock.Now()));
    }

    // Whose yes the actor's is, if it is one that is needed.
    private async Task<ConsentVoice> HeardAsync(Actor actor, LearnerRights rights, RecipientKind recipient, string noun, Changes changes, CancellationToken cancellationToken)
    {
        var voice = await reading.VoiceAsync(actor, rights, changes, cancellationToken) ?? throw (noun == "learner" ? Refused.NotFound("learner") : NotYours());
        return rights.RequireVoices(recipient).Contains(voice) ? voice : throw NotYours();
    }

    private async Task RequireRecipientAsync(ConsentTerms terms, CancellationToken cancellationToken)
    {
        if (terms.Recipient.Organization is { } organization)
        {
            await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken);
        }
    }

    private Task<LearnerRights> RightsAsync(Consent consent, CancellationToken cancellationToken) =>
        reading.Rights.OfAsync(consent.Learner, consent.Terms.Records.RecordKeeper, cancellationToken);

    private async Task<StandingConsent> ReplayAsync(string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ConsentDocuments.Kind, id, "consent", cancellationToken);
        return StandingConsent.Of(read, await RightsAsync(read.Document, cancellationToken), clock.Now());
    }

    private static RefusedException NotYours() => Refused.Forbidden(
        "consent.not-yours", "This is not yours to decide: until 18 the family consents for what a school keeps, from then on, and at a college, the student does.");
}
