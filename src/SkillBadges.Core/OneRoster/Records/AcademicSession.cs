namespace SkillBadges.Core.OneRoster.Records;

/// <summary>A year, term or grading period. Begins on <paramref name="Start"/> and is over on <paramref name="End"/>.</summary>
public sealed record AcademicSession(string Source, string SourcedId, string Title, string Type, DateOnly Start, DateOnly End, string SchoolYear) : RosterRecord(Source, SourcedId)
{
    public string? Parent { get; init; }
}
