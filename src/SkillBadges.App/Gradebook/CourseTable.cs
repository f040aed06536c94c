using System.Globalization;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Gradebook;

namespace SkillBadges.App.Gradebook;

/// <summary>Courses that were graded by letters, on a transcript beside skills that were judged by levels.</summary>
internal static class CourseTable
{
    private static readonly FlowColumn[] columns =
        [Paper.Column("Course", 0, 246, Paper.Text), Paper.Column("Term", 258, 96, Paper.Quiet), Paper.Column("Letter", 362, 60, Paper.Level), Paper.Column("Credits", 430, 74, Paper.Text)];

    public static void Draw(Flow flow, Tag section, IReadOnlyCollection<TranscriptCourse> courses)
    {
        if (courses.Count == 0)
        {
            return;
        }

        flow.Skip(11);
        flow.Keep(76);
        flow.Write(section.Add("H3"), "Courses with letters", Paper.Small);
        flow.Skip(4);
        var table = new FlowTable(flow, section, columns);
        foreach (var (course, recordedBy) in courses)
        {
            var words = course.Words;
            table.Add(
                [words.Code is { } code ? $"{words.Title} ({code})" : words.Title, $"Recorded{(words.Source is { } source ? $" from {source}" : "")}{(recordedBy is null ? "" : $" by {recordedBy}")}, {Look.Day(DateOnly.FromDateTime(course.At.UtcDateTime))}"],
                [words.Term],
                [words.Letter ?? "none"],
                [Credits(words.Credits)]);
        }

        if (courses.Sum(course => course.Course.Words.Credits) is > 0 and var sum)
        {
            flow.Write(section.Add("P"), $"Credits recorded: {Credits(sum)}", Paper.Fine);
        }
    }

    /// <summary>What the letters are, beside what the levels mean.</summary>
    public static void DrawLegend(Flow flow, Tag section, IReadOnlyCollection<TranscriptCourse> courses)
    {
        var letters = courses.Select(course => course.Course.Words.Letter).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (letters.Count == 0)
        {
            return;
        }

        flow.Skip(11);
        flow.Keep(50);
        flow.Write(section.Add("H3"), "Letters of courses", Paper.Small);
        flow.Write(
            section.Add("P"),
            $"{string.Join(", ", letters)}: as the school, or the one that a course was recorded from, gave them. They are grades of courses and no levels; neither is converted into the other here.",
            Paper.Fine);
    }

    private static string Credits(decimal? credits) => credits?.ToString("0.###", CultureInfo.InvariantCulture) ?? "none";
}
