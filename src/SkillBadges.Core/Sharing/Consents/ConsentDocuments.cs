using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Consents;

public static class ConsentDocuments
{
    public static readonly AccessPath<Consent> ByLearner = new AccessPath<Consent>("learner").Equal("learner", c => c.Learner.Value).OrderBy("created", c => c.CreatedAt);

    /// <summary>Who agreed to one class of recipients at one record-keeper, withdrawn ones left out.</summary>
    public static readonly AccessPath<Consent> ByRecipient = new AccessPath<Consent>("recipient")
        .Equal("record_keeper", c => c.Withdrawal is null ? c.Terms.Records.RecordKeeper.Value : null).Equal("recipient", c => c.Terms.Recipient.Kind.ToString()).OrderBy("expires", c => c.Terms.ExpiresAt);

    /// <summary>Opt-ins to employers' searches that were not taken back, by their end.</summary>
    public static readonly AccessPath<Consent> Searchable = new AccessPath<Consent>("searchable")
        .Equal("searchable", c => c.Withdrawal is null && c.Terms.Recipient.Kind == RecipientKind.EmployerSearch ? "yes" : null).OrderBy("expires", c => c.Terms.ExpiresAt);

    public static readonly DocumentKind<Consent> Kind = new("consent", c => c.Id.Value) { Paths = [ByLearner, ByRecipient, Searchable] };
}
