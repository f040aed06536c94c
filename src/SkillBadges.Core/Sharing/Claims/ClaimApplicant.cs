using System.Text.Json;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Claims;

/// <summary>Who the student is to one college, as the student entered it for this claim.</summary>
/// <param name="Name">As the college knows the student.</param>
/// <param name="Number">The student's number at the college, or null for somebody who has none yet.</param>
public sealed record ApplicantFacts(string Name, DateOnly BornOn, string? Number)
{
    public const int MaxNameLength = 200;
    public const int MaxNumberLength = 40;

    /// <exception cref="RefusedException"><c>claim.applicant</c>.</exception>
    public ApplicantFacts Checked(DateOnly today) => BornOn < today && BornOn > today.AddYears(-120)
        ? new(DisplayText.Require(Name, MaxNameLength, "claim.applicant"), BornOn, Number is null ? null : DisplayText.Require(Number, MaxNumberLength, "claim.applicant"))
        : throw Refused.Invalid("claim.applicant", "The birth date is in the past.");

    // What is logged or thrown never holds what was entered.
    public override string ToString() => nameof(ApplicantFacts);
}

/// <summary>
/// What the student entered for one college, sealed, in a document of its own that is removed with the decision: nothing else holds a word of it, and a copy of
/// the data without the key opens nothing.
/// </summary>
public sealed record ClaimApplicant(CreditClaimId Claim, string Sealed)
{
    public static ClaimApplicant Of(CreditClaimId claim, ApplicantFacts facts, KeyEncryptionKey key) => new(claim, key.Seal(JsonSerializer.SerializeToUtf8Bytes(facts, DocumentJson.Options), Purpose(claim)));

    public ApplicantFacts Open(KeyEncryptionKey key) => JsonSerializer.Deserialize<ApplicantFacts>(key.Open(Sealed, Purpose(Claim)), DocumentJson.Options)!;

    private static string Purpose(CreditClaimId claim) => $"credit-claim:{claim}";
}
