using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Growth;

/// <summary>Why a teacher may want to look at a learner.</summary>
public enum FlagKind
{
    /// <summary>No skill rose for some weeks, and some are not reached yet.</summary>
    NoProgress,

    /// <summary>Several decisions in a row on one skill were below what the badge asks for.</summary>
    NotYet,

    /// <summary>Every skill of a badge is reached and proficient.</summary>
    ReadyForMore,
}

/// <param name="Badge">The badge it is about; null for all of them.</param>
/// <param name="CompetencyId">The skill it is about; null for all of them.</param>
/// <param name="Why">In plain words.</param>
/// <param name="Extensions">Titles of the tasks that lead on, where the flag is that the learner is ready for more.</param>
public sealed record LearnerFlag(PersonId Learner, string Name, FlagKind Kind, string? Badge, string? CompetencyId, string Why, ImmutableArray<string> Extensions);

/// <summary>When a school wants learners pointed out.</summary>
public sealed record FlagThresholds(int Weeks, int NotYets);

/// <summary>Points out learners by the school's thresholds. It says what to look at, and nothing about anybody's worth.</summary>
public static class LearnerFlags
{
    public static IReadOnlyList<LearnerFlag> Of(ClassRecord record, FlagThresholds thresholds, DateTimeOffset now) =>
        [.. record.Learners.SelectMany((learner, row) => Of(record, learner, record.Cells[row], thresholds, now))];

    private static IEnumerable<LearnerFlag> Of(ClassRecord record, ClassLearner learner, ImmutableArray<ClassCell?> cells, FlagThresholds thresholds, DateTimeOffset now)
    {
        var reached = cells.Select(cell => cell?.Progression.Standing?.IsSufficient == true).ToImmutableArray();
        var moved = cells.Select(cell => cell?.Progression.LastRise).Max();
        if (!cells.IsEmpty && reached.Contains(false) && (moved ?? record.Section.From) <= now.AddDays(-7 * thresholds.Weeks))
        {
            var since = moved is { } at ? string.Create(CultureInfo.InvariantCulture, $"since {at:yyyy-MM-dd}") : "since the class began";
            yield return new(learner.Id, learner.Name, FlagKind.NoProgress, null, null, $"No skill rose {since}.", []);
        }

        foreach (var (cell, column) in cells.Zip(record.Columns).Where(pair => pair.First?.Progression.NotYets >= thresholds.NotYets))
        {
            var why = string.Create(CultureInfo.InvariantCulture, $"The last {cell!.Progression.NotYets} decisions on {column.Name} were not yet what the badge asks for.");
            yield return new(learner.Id, learner.Name, FlagKind.NotYet, column.Badge, column.CompetencyId, why, []);
        }

        foreach (var badge in record.Badges)
        {
            var columns = Enumerable.Range(0, record.Columns.Length).Where(column => record.Columns[column].Badge == badge.Slug).ToList();
            if (columns.Count == badge.Competencies.Length && columns.TrueForAll(column => reached[column] && IsProficient(record, cells[column]!)))
            {
                ImmutableArray<string> extensions = [.. badge.Competencies.SelectMany(skill => skill.Extensions).Select(task => task.Title)];
                yield return new(learner.Id, learner.Name, FlagKind.ReadyForMore, badge.Slug, null, $"Every skill of {badge.Name} is reached and proficient.", extensions);
            }
        }
    }

    private static bool IsProficient(ClassRecord record, ClassCell cell)
    {
        var scale = record.ScaleOf(cell.ScaleId);
        return scale.Find(cell.Progression.Standing!.Level) is { } level && level.Ordinal >= scale.Level(scale.ProficientCut).Ordinal;
    }
}
