using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Courses;

/// <summary>What is recorded of a course that was graded by a letter.</summary>
/// <param name="Code">The school's code; null where it has none.</param>
/// <param name="Letter">The letter as it was given, never one that was converted; null where the course was taken without.</param>
/// <param name="Credits">Null where it gives none.</param>
/// <param name="Term">As the school calls it, such as <c>Fall 2026</c>.</param>
/// <param name="CompletedOn">The last day of it.</param>
/// <param name="Source">Who gave the letter, where that is not the school that records it.</param>
public sealed record CourseWords(string Title, string? Code, string? Letter, decimal? Credits, string Term, DateOnly CompletedOn, string? Source = null)
{
    public const int MaxNameLength = 200;
    public const int MaxCodeLength = 40;
    public const int MaxLetterLength = 10;
    public const decimal MaxCredits = 100;

    /// <param name="today">The day at the school.</param>
    /// <exception cref="RefusedException"><c>course.title</c>, <c>course.code</c>, <c>course.letter</c>, <c>course.credits</c>, <c>course.term</c>, <c>course.day</c>, <c>course.source</c>.</exception>
    public CourseWords Checked(DateOnly today)
    {
        if (Letter is null && Credits is null)
        {
            throw Refused.Invalid("course.letter", "A course is recorded with its letter, its credits or both.");
        }

        return this with
        {
            Title = DisplayText.Require(Title, MaxNameLength, "course.title"),
            Code = Code is null ? null : DisplayText.Require(Code, MaxCodeLength, "course.code"),
            Letter = Letter is null ? null : DisplayText.Require(Letter, MaxLetterLength, "course.letter"),
            Credits = Credits is null or (> 0 and <= MaxCredits) && (Credits is not { } value || decimal.Round(value, 3) == value)
                ? Credits
                : throw Refused.Invalid("course.credits", $"Credits are above 0 and up to {MaxCredits}, in thousandths."),
            Term = DisplayText.Require(Term, MaxNameLength, "course.term"),
            CompletedOn = CompletedOn <= today && CompletedOn > today.AddYears(-80) ? CompletedOn : throw Refused.Invalid("course.day", "A course is recorded once it is over."),
            Source = Source is null ? null : DisplayText.Require(Source, MaxNameLength, "course.source"),
        };
    }
}

/// <summary>Why a course stands no more.</summary>
public sealed record CourseRetraction(string Reason, PersonId By, DateTimeOffset At);

/// <summary>
/// A course in a learner's record at one school: a letter beside the levels of the ledger, which it does not enter. A mistake is taken back with a reason,
/// and recorded anew; nothing is overwritten.
/// </summary>
/// <param name="By">Who recorded it.</param>
public sealed record CourseRecord(CourseRecordId Id, PersonId Learner, OrganizationId RecordKeeper, CourseWords Words, PersonId By, DateTimeOffset At)
{
    /// <summary>How many a learner has at one school.</summary>
    public const int MaxCourses = 300;

    public CourseRetraction? Retraction { get; init; }

    public bool Stands => Retraction is null;

    /// <exception cref="RefusedException"><c>course.reason</c>, <c>course.retracted</c>.</exception>
    public CourseRecord Retract(CourseRetraction retraction) => Stands
        ? this with { Retraction = retraction with { Reason = DisplayText.Require(retraction.Reason, CourseWords.MaxNameLength, "course.reason") } }
        : throw Refused.Conflict("course.retracted", "This was taken back already.");
}

public static class CourseDocuments
{
    public static readonly AccessPath<CourseRecord> ByLearner = new AccessPath<CourseRecord>("learner").Equal("learner", course => course.Learner.Value).OrderBy("at", course => course.At);

    public static readonly AccessPath<CourseRecord> ByKeeper =
        new AccessPath<CourseRecord>("keeper").Equal("learner", course => course.Learner.Value).Equal("keeper", course => course.RecordKeeper.Value).OrderBy("at", course => course.At);

    public static readonly DocumentKind<CourseRecord> Kind = new("course_record", course => course.Id.Value) { Paths = [ByLearner, ByKeeper] };
}
