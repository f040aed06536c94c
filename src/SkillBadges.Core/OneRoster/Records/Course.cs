using System.Collections.Immutable;

namespace SkillBadges.Core.OneRoster.Records;

/// <summary>A course as a roster has it; other records are named by their sourcedIds.</summary>
public sealed record Course(string Source, string SourcedId, string Title, string Org) : RosterRecord(Source, SourcedId)
{
    public string? SchoolYear { get; init; }

    public string? CourseCode { get; init; }

    public ImmutableArray<string> Grades { get; init; } = [];

    public ImmutableArray<string> Subjects { get; init; } = [];

    public ImmutableArray<string> SubjectCodes { get; init; } = [];
}
