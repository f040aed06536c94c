using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Records;

/// <summary>Somebody's part in a class. Over on <see cref="End"/>.</summary>
/// <param name="User">sourcedId.</param>
/// <param name="Role">student, teacher, proctor, administrator or an extension.</param>
/// <param name="School">sourcedId.</param>
public sealed record RosterEnrollment(string SourcedId, string User, PersonId Person, string Role, string School)
{
    public bool? IsPrimary { get; init; }

    public DateOnly? Begin { get; init; }

    public DateOnly? End { get; init; }

    /// <summary>The day on which the source took it back.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>The first day on which it holds no more.</summary>
    public DateOnly? Over => EndedOn is { } ended && (End is null || ended < End) ? ended : End;

    public bool HoldsOn(DateOnly day) => (Begin is null || Begin <= day) && (Over is null || day < Over);
}

/// <summary>A class as a roster has it with everybody in it, and which of our classes it is; other records are named by their sourcedIds.</summary>
public sealed record RosterClass(string Source, string SourcedId, ClassSectionId Section, OrganizationId Organization, string Title, string Course, string ClassType, string School) : RosterRecord(Source, SourcedId)
{
    public string? ClassCode { get; init; }

    public string? Location { get; init; }

    public ImmutableArray<string> Grades { get; init; } = [];

    public ImmutableArray<string> Terms { get; init; } = [];

    public ImmutableArray<string> Subjects { get; init; } = [];

    public ImmutableArray<string> SubjectCodes { get; init; } = [];

    public ImmutableArray<string> Periods { get; init; } = [];

    public ImmutableArray<RosterEnrollment> Enrollments { get; init; } = [];

    /// <summary>The next day on which somebody's part begins or ends.</summary>
    public DateOnly? NextChange { get; init; }

    public ImmutableArray<PersonId> Holding(string role, DateOnly day) =>
        [.. Enrollments.Where(one => one.Role == role && one.HoldsOn(day)).OrderByDescending(one => one.IsPrimary == true).Select(one => one.Person).Distinct()];

    /// <summary>The first day after this one on which <see cref="Holding"/> answers otherwise.</summary>
    public DateOnly? ChangeAfter(DateOnly day) =>
        Enrollments.SelectMany(one => new[] { one.Begin, one.Over }).Where(date => date > day).Min();
}
