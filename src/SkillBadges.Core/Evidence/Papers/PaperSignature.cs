using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Papers;

/// <summary>Who agrees to an internship.</summary>
public enum AgreementParty
{
    Student,

    /// <summary>Where the student is a minor.</summary>
    Guardian,
    Employer,
    School,
}

/// <summary>A signature under the agreement.</summary>
/// <param name="SignedOn">In the school's time zone.</param>
/// <param name="By">Who signed, signed in with their account; null on paper.</param>
/// <param name="File">Of the scanned paper, where there is one.</param>
/// <param name="RecordedBy">Who says that paper was signed; null where somebody signed with their account.</param>
public sealed record PaperSignature(AgreementParty Party, DateOnly SignedOn, PersonId? By, Sha256Digest? File, PersonId? RecordedBy);
