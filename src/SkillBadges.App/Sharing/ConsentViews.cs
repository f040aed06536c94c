using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;

namespace SkillBadges.App.Sharing;

/// <param name="RecordKeeper">Whose record of the learner.</param>
/// <param name="Badges">Short names; left out for all badges.</param>
internal sealed record RecordScopeBody(string RecordKeeper, IReadOnlyList<RecordKind> Kinds, IReadOnlyList<string>? Badges = null)
{
    public RecordScope ToScope() => new(OrganizationId.From(RecordKeeper), [.. Kinds], [.. Badges ?? []]);

    public static RecordScopeBody Of(RecordScope scope) => new(scope.RecordKeeper.Value, scope.Kinds, scope.Badges);
}

/// <param name="Organization">With <c>organization</c> alone.</param>
internal sealed record ConsentRecipientBody(RecipientKind Kind, string? Organization = null)
{
    public ConsentRecipient ToRecipient() => new(Kind, Organization is null ? null : OrganizationId.From(Organization));

    public static ConsentRecipientBody Of(ConsentRecipient recipient) => new(recipient.Kind, recipient.Organization?.Value);
}

/// <param name="Purpose">What for, 1 to 300 characters.</param>
/// <param name="ExpiresAt">Within five years.</param>
internal sealed record ConsentTermsBody(RecordScopeBody Records, string Purpose, ConsentRecipientBody Recipient, DateTimeOffset ExpiresAt)
{
    public ConsentTerms ToTerms() => new(Records.ToScope(), Purpose, Recipient.ToRecipient(), ExpiresAt);

    public static ConsentTermsBody Of(ConsentTerms terms) => new(RecordScopeBody.Of(terms.Records), terms.Purpose, ConsentRecipientBody.Of(terms.Recipient), terms.ExpiresAt);
}

internal sealed record NewConsentRequest(string Learner, ConsentTermsBody Terms);

/// <param name="Reference">Where the form lies. Only the record-keeper's office enters paper.</param>
internal sealed record PaperBody(string Reference, DateOnly SignedOn);

internal sealed record WithdrawConsentRequest(PaperBody? Paper = null);

/// <param name="SignedBy">Whose signatures are on the form.</param>
/// <param name="Guardian">The guardian who signed, where they are entered here.</param>
internal sealed record SignedPaperBody(string Learner, IReadOnlyList<ConsentVoice> SignedBy, string? Guardian = null);

internal sealed record PaperConsentsRequest(ConsentTermsBody Terms, PaperBody Paper, IReadOnlyList<SignedPaperBody> Forms);

/// <param name="Code">Why it was refused, as <c>/problems/{code}</c> explains; left out when it was recorded.</param>
internal sealed record PaperResultView(string Learner, string? Consent, ConsentState? State, string? Code, string? Message);

/// <param name="Items">In the order of the request.</param>
internal sealed record PaperConsentsAnswer(int Recorded, int Refused, IReadOnlyList<PaperResultView> Items);

internal sealed record ConsentGrantView(ConsentVoice Voice, string? Giver, DateTimeOffset At, PaperBody? Paper);

internal sealed record ConsentWithdrawalView(string By, DateTimeOffset At, PaperBody? Paper);

/// <param name="State">What it is worth at this moment.</param>
/// <param name="Missing">Whose yes is still needed.</param>
internal sealed record ConsentView(
    string Id, string Learner, ConsentTermsBody Terms, DateTimeOffset CreatedAt, ConsentState State, IReadOnlyList<ConsentVoice> Missing, IReadOnlyList<ConsentGrantView> Grants, ConsentWithdrawalView? Withdrawal)
{
    public static ConsentView Of(StandingConsent standing)
    {
        var consent = standing.Read.Document;
        return new(
            consent.Id.Value, consent.Learner.Value, ConsentTermsBody.Of(consent.Terms), consent.CreatedAt, standing.State, standing.Missing,
            [.. consent.Grants.Select(grant => new ConsentGrantView(grant.Voice, grant.Giver?.Value, grant.At, Of(grant.Paper)))],
            consent.Withdrawal is { } end ? new(end.By.Value, end.At, Of(end.Paper)) : null);
    }

    private static PaperBody? Of(PaperForm? paper) => paper is null ? null : new(paper.Reference, paper.SignedOn);
}
