using System.Globalization;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Gradebook;

namespace SkillBadges.App.Gradebook;

/// <summary>Courses that were graded by letters, on a transcript beside skills that were judged by levels.</summary>
internal static class CourseTable
{
    public static void Draw(Flow flow, Tag section, IReadOnlyCollection<TranscriptCourse> courses, Texts T)
    {
        if (courses.Count == 0)
        {
            return;
        }

        flow.Skip(11);
        flow.Keep(76);
        flow.Write(section.Add("H3"), T["Courses with letters"], Paper.Small);
        flow.Skip(4);
        var table = new FlowTable(flow, section, [Paper.Column(T["Course"], 0, 246, Paper.Text), Paper.Column(T["Term"], 258, 96, Paper.Quiet), Paper.Column(T["Letter"], 362, 60, Paper.Level), Paper.Column(T["Credits"], 430, 74, Paper.Text)]);
        foreach (var (course, recordedBy) in courses)
        {
            var words = course.Words;
            table.Add(
                [words.Code is { } code ? $"{words.Title} ({code})" : words.Title, Recorded(words.Source, recordedBy, T.Day(course.At), T)],
                [words.Term],
                [words.Letter ?? T["none"]],
                [Credits(words.Credits) ?? T["none"]]);
        }

        if (courses.Sum(course => course.Course.Words.Credits) is > 0 and var sum)
        {
            flow.Write(section.Add("P"), T["Credits recorded: {0}", Credits(sum)], Paper.Fine);
        }
    }

    /// <summary>What the letters are, beside what the levels mean.</summary>
    public static void DrawLegend(Flow flow, Tag section, IReadOnlyCollection<TranscriptCourse> courses, Texts T)
    {
        var letters = courses.Select(course => course.Course.Words.Letter).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (letters.Count == 0)
        {
            return;
        }

        flow.Skip(11);
        flow.Keep(50);
        flow.Write(section.Add("H3"), T["Letters of courses"], Paper.Small);
        flow.Write(
            section.Add("P"),
            T["{0}: as the school, or the one that a course was recorded from, gave them. They are grades of courses and no levels; neither is converted into the other here.", string.Join(", ", letters)],
            Paper.Fine);
    }

    private static string Recorded(string? source, string? by, string on, Texts T) => (source, by) switch
    {
        ({ } from, { } who) => T["Recorded from {0} by {1}, {2}", from, who, on],
        ({ } from, null) => T["Recorded from {0}, {1}", from, on],
        (null, { } who) => T["Recorded by {0}, {1}", who, on],
        _ => T["Recorded {0}", on],
    };

    private static string? Credits(decimal? credits) => credits?.ToString("0.###", CultureInfo.InvariantCulture);
}
