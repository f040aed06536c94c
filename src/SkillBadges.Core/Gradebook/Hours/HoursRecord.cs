using System.Collections.Immutable;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Hours;

/// <summary>One stretch of service or work.</summary>
/// <param name="ConfirmedAs">In what capacity somebody stands by it; null while nobody does.</param>
/// <param name="ConfirmedBy">Their name; null where it is not known any more.</param>
public sealed record HoursLine(LogWords Words, LogSigner? ConfirmedAs, string? ConfirmedBy)
{
    public bool IsConfirmed => ConfirmedAs is not null;
}

/// <summary>Hours of one kind in one school year.</summary>
/// <param name="Year">The year in which the school year begins.</param>
public sealed record HoursSum(LogKind Kind, int Year, int Entries, int Minutes);

/// <summary>
/// A learner's service and learning at work at one school. What nobody stands by is listed apart and is in no sum; personal learning days are no hours of
/// service and are left out.
/// </summary>
/// <param name="On">The day at the school.</param>
/// <param name="Year">The school year that was asked for, by the year in which it begins; null for all.</param>
/// <param name="Lines">By day, earliest first.</param>
public sealed record HoursRecord(PersonId Learner, string LearnerName, Organization School, DateOnly On, int? Year, ImmutableArray<HoursLine> Lines)
{
    /// <summary>How many entries one document lists.</summary>
    public const int MaxLines = 1_000;

    public IEnumerable<HoursLine> Confirmed => Lines.Where(line => line.IsConfirmed);

    public IEnumerable<HoursLine> Unconfirmed => Lines.Where(line => !line.IsConfirmed);

    /// <summary>Of confirmed hours alone: by kind, then by year.</summary>
    public ImmutableArray<HoursSum> Sums => Summed(Confirmed);

    public int ConfirmedMinutes => Confirmed.Sum(line => line.Words.Minutes);

    public int UnconfirmedMinutes => Unconfirmed.Sum(line => line.Words.Minutes);

    /// <param name="entries">Everything that the reader may see of the log.</param>
    /// <param name="confirmers">Names of those who stand by entries, by entry.</param>
    /// <param name="learner">Whose log it is.</param>
    /// <param name="school">Who keeps it.</param>
    /// <param name="year">The school year that is asked for; null for all.</param>
    /// <param name="on">The day at the school.</param>
    /// <exception cref="RefusedException"><c>hours.too-many</c>.</exception>
    public static HoursRecord Of(IEnumerable<LogEntry> entries, IReadOnlyDictionary<LogEntryId, string> confirmers, Person learner, Organization school, int? year, DateOnly on)
    {
        ImmutableArray<HoursLine> lines =
        [
            .. entries
                .Where(entry => entry.Words.Kind is LogKind.Service or LogKind.WorkBased && (year is null || GradebookFilter.YearOf(entry.Words.On) == year))
                .OrderBy(entry => entry.Words.On).ThenBy(entry => entry.Id.Value, StringComparer.Ordinal)
                .Select(entry => new HoursLine(entry.Words, entry.Signature?.As, entry.Signature is null ? null : confirmers.GetValueOrDefault(entry.Id)))
                .Take(MaxLines + 1),
        ];
        return lines.Length <= MaxLines
            ? new(learner.Id, learner.DisplayName, school, on, year, lines)
            : throw Refused.Invalid("hours.too-many", $"One document lists at most {MaxLines} entries; please ask for one school year.");
    }

    private static ImmutableArray<HoursSum> Summed(IEnumerable<HoursLine> lines) =>
    [
        .. lines.GroupBy(line => (line.Words.Kind, Year: GradebookFilter.YearOf(line.Words.On)))
            .OrderBy(group => group.Key.Kind).ThenBy(group => group.Key.Year)
            .Select(group => new HoursSum(group.Key.Kind, group.Key.Year, group.Count(), group.Sum(line => line.Words.Minutes))),
    ];
}
