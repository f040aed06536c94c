using System.Collections.Immutable;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook.Grades;

namespace SkillBadges.Core.Gradebook.Papers;

/// <summary>How many skills stand at a level.</summary>
public sealed record LetterLevel(string Scale, string Label, int Ordinal, bool IsProficient, int Skills, string? Letter);

/// <summary>
/// What scholarship forms ask for, on one page: native levels first, then the letters and the average that a named policy makes of them. It is made of one
/// school's part of the record and ranks nobody.
/// </summary>
/// <param name="Record">One school's part of the record.</param>
/// <param name="Levels">Every level of the scales in use, highest first.</param>
/// <param name="Credits">Of courses at the school; null where none has credits.</param>
/// <param name="Hours">Null where the reader may not read the log.</param>
public sealed record ScholarshipLetter(Transcript Record, TranscriptGrades Grades, ImmutableArray<LetterLevel> Levels, decimal? Credits, IReadOnlyList<LogTotal>? Hours)
{
    public IEnumerable<TranscriptBadge> Earned => Record.Parts.SelectMany(part => part.Badges).Where(badge => badge.EarnedOn is not null);

    /// <param name="record">As the reader may see it, with what the policy makes of it.</param>
    /// <param name="hours">Null where the reader may not read the log.</param>
    public static ScholarshipLetter Of(Transcript record, IReadOnlyList<LogTotal>? hours)
    {
        var grades = record.Grades ?? throw new ArgumentException("A letter is made under a policy.", nameof(record));
        var credits = record.Courses.Select(course => course.Course.Words.Credits).OfType<decimal>().ToList();
        return new(record, grades, [.. LevelsOf(record, grades)], credits.Count == 0 ? null : credits.Sum(), hours);
    }

    private static IEnumerable<LetterLevel> LevelsOf(Transcript record, TranscriptGrades grades) =>
        from badges in record.Parts.SelectMany(part => part.Badges).GroupBy(badge => badge.Scale.Hex)
        let scale = record.Legend[badges.Key]
        orderby scale.Name, scale.Version
        from level in scale.Levels.Reverse()
        select new LetterLevel(
            scale.Name,
            level.Label,
            level.Ordinal,
            scale.IsProficient(level.Code),
            badges.SelectMany(badge => badge.Skills).Count(skill => skill.Level.Code == level.Code),
            grades.Policy.Terms.Of(Mastery.ScaleDocuments.VersionId(scale.Id, scale.Version), level.Code)?.Letter);
}
