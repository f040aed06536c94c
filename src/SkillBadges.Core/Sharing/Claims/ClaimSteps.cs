using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Sharing.Claims;

public enum ClaimState
{
    /// <summary>The college has not looked at it.</summary>
    Submitted,

    /// <summary>The college has looked; something of the student's is missing.</summary>
    Waiting,

    /// <summary>The credit stands on the college's transcript.</summary>
    Posted,

    Declined,

    /// <summary>The deadline passed.</summary>
    Expired,

    /// <summary>Taken back by the student or the family.</summary>
    Withdrawn,
}

/// <summary>What a college waits for before it writes credit down.</summary>
public enum AwaitedStep
{
    Admission,
    Fee,
    FinalTranscript,
}

/// <summary>How the credit stands on the college's transcript.</summary>
public enum GradeType
{
    /// <summary>Credit without a mark, such as <c>CR</c>.</summary>
    CreditOnly,

    /// <summary>Passed, such as <c>P</c>.</summary>
    Pass,

    /// <summary>A letter.</summary>
    Letter,
}

/// <summary>What the student has to do, and until when.</summary>
/// <param name="Note">In the college's words, or null.</param>
/// <param name="Until">The last day, at the college.</param>
public sealed record ClaimWait(AwaitedStep For, string? Note, DateOnly Until);

/// <summary>What the college wrote down. The credits are those that were promised.</summary>
/// <param name="Course">As the college writes it, such as <c>WELD 1010</c>.</param>
/// <param name="Term">Such as <c>2027-fall</c>.</param>
/// <param name="Grade">Such as <c>CR</c> or <c>A-</c>; needed for a letter.</param>
public sealed record ClaimPosting(string Course, string Term, GradeType GradeType, string? Grade, PersonId By, DateTimeOffset At)
{
    public const int MaxGradeLength = 4;

    /// <exception cref="RefusedException"><c>claim.posting</c>, <c>claim.term</c>.</exception>
    public ClaimPosting Checked()
    {
        var grade = DisplayText.Optional(Grade, MaxGradeLength, "claim.posting");
        return grade is not null || GradeType != GradeType.Letter
            ? this with { Course = DisplayText.Require(Course, 40, "claim.posting"), Term = CollegeTerm.Require(Term), Grade = grade }
            : throw Refused.Invalid("claim.posting", "A letter grade needs its letter, such as A-.");
    }
}

/// <summary>What a college answers to one claim.</summary>
public abstract record ClaimAnswer
{
    public sealed record Wait(AwaitedStep For, string? Note, DateOnly Until) : ClaimAnswer;

    /// <param name="Course">Null for the course of the agreement.</param>
    /// <param name="Term">Null for the term that the student named.</param>
    public sealed record Post(string? Course, string? Term, GradeType GradeType, string? Grade) : ClaimAnswer;

    public sealed record Decline(string Reason) : ClaimAnswer;
}
