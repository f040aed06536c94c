using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Consents;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Talent;

public enum ContactState
{
    /// <summary>The learner has not answered.</summary>
    Asked,

    /// <summary>The learner let the employer have what they entered.</summary>
    Accepted,

    Declined,
}

/// <summary>What a learner lets one employer know.</summary>
/// <param name="Reach">An e-mail address or a telephone number.</param>
public sealed record ContactDetails(string Name, string Reach)
{
    public const int MaxLength = 200;

    /// <exception cref="RefusedException"><c>talent.details</c>.</exception>
    public ContactDetails Checked() => new(DisplayText.Require(Name, MaxLength, "talent.details"), DisplayText.Require(Reach, MaxLength, "talent.details"));

    // What is logged or thrown never holds what was entered.
    public override string ToString() => nameof(ContactDetails);
}

/// <summary>An employer asks somebody whom it found; until the learner answers yes it knows nothing of who that is.</summary>
/// <param name="Reference">Of the search's result.</param>
/// <param name="Message">From the employer, to be read by the learner.</param>
public sealed record TalentContact(
    string Id, OrganizationId Employer, PersonId By, string Search, string Reference, PersonId Learner, OrganizationId RecordKeeper, ConsentId Consent, string Message, DateTimeOffset At)
{
    public const int MaxMessageLength = 500;
    public const int MaxADay = 10;

    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public ContactState State { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The details, sealed; null unless the learner said yes.</summary>
    public string? Sealed { get; init; }

    /// <summary>Yes with details, no without.</summary>
    /// <exception cref="RefusedException"><c>talent.answered</c>, <c>talent.details</c>.</exception>
    public TalentContact Answer(ContactDetails? details, KeyEncryptionKey key, DateTimeOffset at) => State != ContactState.Asked
        ? throw Refused.Conflict("talent.answered", "This was answered already.")
        : this with
        {
            State = details is null ? ContactState.Declined : ContactState.Accepted,
            AnsweredAt = at,
            Sealed = details is null ? null : key.Seal(JsonSerializer.SerializeToUtf8Bytes(details.Checked(), DocumentJson.Options), Purpose),
        };

    public ContactDetails? Open(KeyEncryptionKey key) => Sealed is null ? null : JsonSerializer.Deserialize<ContactDetails>(key.Open(Sealed, Purpose), DocumentJson.Options);

    private string Purpose => $"talent-contact:{Id}";
}

public static class TalentContactDocuments
{
    public static readonly AccessPath<TalentContact> ByEmployer = new AccessPath<TalentContact>("employer").Equal("employer", c => c.Employer.Value).OrderBy("at", c => c.At);

    public static readonly AccessPath<TalentContact> ByLearner = new AccessPath<TalentContact>("learner").Equal("learner", c => c.Learner.Value).OrderBy("at", c => c.At);

    public static readonly AccessPath<TalentContact> ByTime = new AccessPath<TalentContact>("at").OrderBy("at", c => c.At);

    /// <summary>One employer asks one person once, whichever search found them.</summary>
    public static readonly AccessPath<TalentContact> Once = new AccessPath<TalentContact>("once").Equal("employer", c => c.Employer.Value).Equal("learner", c => c.Learner.Value).Unique();

    public static readonly DocumentKind<TalentContact> Kind = new("talent_contact", c => c.Id) { Paths = [ByEmployer, ByLearner, ByTime, Once] };
}
