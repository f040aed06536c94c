using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

/// <summary>Who signed one learner's form.</summary>
/// <param name="Guardian">Where the guardian who signed is entered here.</param>
public sealed record SignedPaper(PersonId Learner, ImmutableArray<ConsentVoice> SignedBy, PersonId? Guardian);

/// <summary>What became of one form.</summary>
/// <param name="Code">Why it was refused; null when it was recorded.</param>
public sealed record PaperResult(PersonId Learner, ConsentId? Consent, ConsentState? State, string? Code, string? Message);

/// <summary>The office records the paper forms of a whole class in one request. Each form is a consent of its own with an answer of its own; one that is refused does not hold up the others.</summary>
public sealed class PaperConsents(Commits commits, ConsentReading reading, Authority authority, TimeProvider clock)
{
    public const int MaxForms = 500;

    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Of the record-keeper's office.</param>
    /// <param name="terms">What every one of the forms says.</param>
    /// <param name="reference">Where the forms lie.</param>
    /// <param name="signedOn">The date on the forms.</param>
    /// <param name="forms">1 to 500, one for each learner.</param>
    /// <param name="key">Makes a repetition the same request, form by form.</param>
    /// <param name="cancellationToken">Leaves open how many were recorded; the same request, sent again, goes on.</param>
    /// <exception cref="RefusedException">
    /// <c>role.missing</c>, <c>organization.not-found</c>, <c>consent.forms</c>, <c>consent.paper</c>, <c>consent.records</c>, <c>consent.purpose</c>, <c>consent.recipient</c>, <c>consent.expiry</c>.
    /// </exception>
    public async Task<IReadOnlyList<PaperResult>> RecordAsync(
        Actor actor, ConsentTerms terms, string reference, DateOnly signedOn, IReadOnlyList<SignedPaper> forms, RequestKey? key, CancellationToken cancellationToken)
    {
        if (forms.Count is < 1 or > MaxForms || forms.DistinctBy(form => form.Learner).Count() != forms.Count)
        {
            throw Refused.Invalid("consent.forms", $"One request holds 1 to {MaxForms} forms, one for each learner.");
        }

        var now = clock.Now();
        await authority.RequireAsync(actor, terms.Records.RecordKeeper, Offices.Registry, cancellationToken);
        var keeper = (await store.GetAsync(OrganizationDocuments.Kind, terms.Records.RecordKeeper.Value, "organization", cancellationToken)).Document;
        if (terms.Recipient.Organization is { } organization)
        {
            await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", cancellationToken);
        }

        var (said, paper) = (terms.Checked(now), new PaperForm(actor.Person, reference, signedOn).Checked(keeper.DayOf(now)));
        var results = new List<PaperResult>(forms.Count);
        foreach (var form in forms)
        {
            results.Add(await OneAsync(actor, said, paper, form, key is null ? null : key with { Key = $"{key.Key}/{form.Learner.Value}" }, cancellationToken));
        }

        return results;
    }

    private async Task<PaperResult> OneAsync(Actor actor, ConsentTerms terms, PaperForm paper, SignedPaper form, RequestKey? key, CancellationToken cancellationToken)
    {
        try
        {
            return await commits.OnceAsync(key, token => AttemptAsync(actor, terms, paper, form, token), ReplayAsync, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Kind != RefusalKind.Unavailable)
        {
            return new(form.Learner, null, null, refused.Code, refused.Message);
        }
    }

    private async Task<Outcome<PaperResult>> AttemptAsync(Actor actor, ConsentTerms terms, PaperForm paper, SignedPaper form, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var office = await authority.RequireAsync(actor, terms.Records.RecordKeeper, Offices.Registry, cancellationToken);
        var rights = await reading.Rights.OfAsync(form.Learner, terms.Records.RecordKeeper, cancellationToken);
        var changes = new Changes().Require(MembershipDocuments.Kind, office).Require(PersonDocuments.Kind, rights.Learner);
        var needed = rights.RequireVoices(terms.Recipient.Kind);
        if (form.Guardian is { } guardian && await reading.VoiceAsync(new(guardian), rights, changes, cancellationToken) != ConsentVoice.Guardian)
        {
            throw Refused.Invalid("consent.not-a-guardian", "This person is not entered as a guardian of the learner.");
        }

        var heard = form.SignedBy.Distinct().Where(needed.Contains).ToList();
        if (heard.Count == 0)
        {
            throw Refused.Forbidden("consent.not-yours", needed.Contains(ConsentVoice.Learner) ? "The learner holds the rights now and has to sign." : "A guardian holds the rights and has to sign.");
        }

        var given = heard.Aggregate(
            new Consent(ConsentId.New(now), form.Learner, terms, now),
            (consent, voice) => consent.Give(new(voice, voice == ConsentVoice.Learner ? form.Learner : form.Guardian, now, paper)));
        return new(changes.Add(ConsentDocuments.Kind, given), new(form.Learner, given.Id, given.StateAt(needed, now), null, null), given.Id.Value);
    }

    private async Task<PaperResult> ReplayAsync(string id, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(ConsentDocuments.Kind, id, "consent", cancellationToken);
        var rights = await reading.Rights.OfAsync(read.Document.Learner, read.Document.Terms.Records.RecordKeeper, cancellationToken);
        return new(read.Document.Learner, read.Document.Id, StandingConsent.Of(read, rights, clock.Now()).State, null, null);
    }
}
