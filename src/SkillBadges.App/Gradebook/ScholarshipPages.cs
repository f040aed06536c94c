using System.Globalization;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook.Papers;

namespace SkillBadges.App.Gradebook;

/// <summary>Draws the letter for scholarship forms: one page, native levels first, then what a named policy makes of them.</summary>
internal static class ScholarshipPages
{
    // What fits on the page beside everything else.
    private const int MaxLevels = 10;
    private const int MaxScales = 3;
    private const int MaxBadges = 6;
    private const int MaxStacks = 4;
    private const int MaxNote = 300;

    public static byte[] Draw(ScholarshipLetter letter, Texts T, Typesetter typesetter, DateTimeOffset createdAt) =>
        Paper.Within(1, room => Drawn(letter, room, T, typesetter, createdAt));

    private static Paper Drawn(ScholarshipLetter letter, PaperRoom room, Texts T, Typesetter typesetter, DateTimeOffset createdAt)
    {
        var record = letter.Record;
        var paper = new Paper(T["Letter for scholarships"], record.LearnerName, record.Issuer.Name, record.On, T, typesetter, createdAt);
        paper.Note(T["To whom it may concern: this is what {0} has recorded for {1}. Levels stand as they were decided; letters and the average are converted from them under the policy named below. No student is ranked among others.", record.Issuer.Name, record.LearnerName]);
        DrawLevels(paper, letter, room);
        DrawBadges(paper, letter, room);
        DrawPolicy(paper, letter, room);
        paper.Flow.Skip(18);
        paper.Flow.Write(paper.Root.Add("P"), T["For the school: {0}", "____________________________________   ____________________"], Paper.Text);
        return paper;
    }

    private static void DrawLevels(Paper paper, ScholarshipLetter letter, PaperRoom room)
    {
        var T = paper.Words;
        var section = paper.Section(T["Skills by level"], 90);
        var table = new FlowTable(paper.Flow, section, [Paper.Column(T["Level"], 0, 210, Paper.Level), Paper.Column(T["Skills"], 220, 60, Paper.Text), Paper.Column(T["Converted"], 290, 90, Paper.Quiet), Paper.Column(T["Scale"], 390, 114, Paper.Quiet)]);
        foreach (var level in letter.Levels.OrderByDescending(level => level.Skills > 0).Take(room.Of(MaxLevels)).OrderBy(level => letter.Levels.IndexOf(level)))
        {
            table.Add([level.IsProficient ? T["{0} (proficient)", level.Label] : level.Label], [level.Skills.ToString(CultureInfo.InvariantCulture)], [level.Letter ?? T["no letter"]], [Paper.Shortened(level.Scale, 48)]);
        }

        ConferencePages.More(paper, section, letter.Levels.Length - room.Of(MaxLevels));
        paper.Flow.Skip(4);
        ConferencePages.DrawScales(paper, section, letter.Record, room.Of(MaxScales));
    }

    private static void DrawBadges(Paper paper, ScholarshipLetter letter, PaperRoom room)
    {
        var T = paper.Words;
        var section = paper.Section(T["Badges, courses and hours"], 60);
        var earned = letter.Earned.OrderByDescending(badge => badge.EarnedOn).ToList();
        var named = string.Join("; ", earned.Take(room.Of(MaxBadges)).Select(badge => Paper.Shortened(badge.Name, 60)));
        paper.Flow.Write(section.Add("P"), T["Badges earned: {0}", earned.Count] + (named.Length == 0 ? "." : $". {named}{(earned.Count > room.Of(MaxBadges) ? "; …" : ".")}"), Paper.Text);
        ConferencePages.DrawStacks(paper, section, [.. letter.Record.Stacks], room.Of(MaxStacks));
        if (letter.Record.Courses.Any())
        {
            paper.Flow.Write(section.Add("P"), T["Courses recorded: {0}; credits: {1}.", letter.Record.Courses.Count(), letter.Credits?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-"], Paper.Text);
        }

        if (letter.Hours is { } hours)
        {
            paper.Flow.Write(section.Add("P"), HoursLine(T, hours), Paper.Text);
        }
    }

    private static void DrawPolicy(Paper paper, ScholarshipLetter letter, PaperRoom room)
    {
        var (T, terms) = (paper.Words, letter.Grades.Policy.Terms);
        var section = paper.Section(T["Converted under a policy"], 90);
        paper.Flow.Write(section.Add("P"), letter.Grades.Average is { } average ? T["Average, converted: {0}", average.Text] : T["No average: nothing in this record counts under the policy."], GradeSection.Average);
        paper.Flow.Write(section.Add("P"), T["Policy: {0}, version {1}", terms.Name, letter.Grades.Policy.Version], Paper.Text);
        paper.Flow.Write(section.Add("P"), GradeSection.Standing(letter.Grades, T), Paper.Fine);
        paper.Flow.Write(section.Add("P"), GradeSection.Made(letter.Grades, T), Paper.Fine);
        var letters = string.Join(", ", terms.Letters.Reverse().Select(one => one.Points is { } points ? $"{one.Letter} = {T.Number(points, "#,0.###")}" : one.Letter));
        paper.Flow.Write(section.Add("P"), T["Letters and points: {0}.", letters], Paper.Fine);
        foreach (var words in new[] { terms.Note, terms.LowestReason }.OfType<string>())
        {
            paper.Flow.Write(section.Add("P"), Paper.Shortened(words, room.Of(MaxNote)), Paper.Fine);
        }
    }

    /// <summary>Confirmed hours in one sentence.</summary>
    public static string HoursLine(Texts T, IReadOnlyList<LogTotal> hours)
    {
        string Of(LogKind kind) => HoursPages.Time(T, hours.FirstOrDefault(total => total.Kind == kind)?.ConfirmedMinutes ?? 0);
        return T["Confirmed hours: service {0}, learning at work {1}.", Of(LogKind.Service), Of(LogKind.WorkBased)];
    }
}
