using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Papers;

namespace SkillBadges.App.Gradebook;

/// <summary>Draws the sheet for a conference of family, learner and school: two pages at most; what finds no room is counted.</summary>
internal static class ConferencePages
{
    private const int MaxRises = 14;
    private const int MaxBadges = 10;
    private const int MaxStacks = 4;
    private const int MaxNext = 12;
    private const int MaxGoals = 6;
    private const int MaxCourses = 10;
    private const int MaxScales = 4;
    private const int MaxName = 70;
    private const int MaxText = 130;

    public static byte[] Draw(ConferenceSheet sheet, Texts T, Typesetter typesetter, DateTimeOffset createdAt) =>
        Paper.Within(2, room => Drawn(sheet, room, T, typesetter, createdAt));

    private static Paper Drawn(ConferenceSheet sheet, PaperRoom room, Texts T, Typesetter typesetter, DateTimeOffset createdAt)
    {
        var record = sheet.Record;
        var paper = new Paper(T["Conference sheet"], record.LearnerName, record.Issuer.Name, record.On, T, typesetter, createdAt);
        paper.Note(T["To look at together. Levels stand as they were decided; nobody is compared with anybody."]);
        DrawRises(paper, sheet, room);
        DrawEarned(paper, sheet, room);
        DrawNext(paper, sheet, room);
        DrawGoals(paper, sheet, room);
        DrawCourses(paper, sheet, room);
        DrawLegend(paper, sheet, room);
        DrawTalk(paper);
        return paper;
    }

    private static void DrawRises(Paper paper, ConferenceSheet sheet, PaperRoom room)
    {
        var T = paper.Words;
        var section = paper.Section(T["What rose since {0}", T.Day(sheet.Since)], 70);
        if (sheet.Rises.IsEmpty)
        {
            paper.Flow.Write(section.Add("P"), T["Nothing was decided higher than before in this time."], Paper.Text);
            return;
        }

        var table = new FlowTable(paper.Flow, section, [Paper.Column(T["Skill"], 0, 250, Paper.Text), Paper.Column(T["Level"], 260, 160, Paper.Level), Paper.Column(T["Decided"], 430, 74, Paper.Quiet)]);
        foreach (var rise in sheet.Rises.Take(room.Of(MaxRises)))
        {
            table.Add([Paper.Shortened($"{rise.Skill} · {rise.Badge}", MaxName)], [rise.From is { } from ? T["{0}, was {1}", rise.To, from] : rise.To], [T.Day(rise.On)]);
        }

        More(paper, section, sheet.Rises.Length - room.Of(MaxRises));
    }

    private static void DrawEarned(Paper paper, ConferenceSheet sheet, PaperRoom room)
    {
        var T = paper.Words;
        var earned = sheet.Earned.OrderByDescending(badge => badge.EarnedOn).ToList();
        var section = paper.Section(T["Badges earned: {0}", earned.Count], 50);
        foreach (var badge in earned.Take(room.Of(MaxBadges)))
        {
            paper.Flow.Write(section.Add("P"), $"{Paper.Shortened(badge.Name, MaxName)} · {T.Day(badge.EarnedOn!.Value)}", Paper.Text);
        }

        More(paper, section, earned.Count - room.Of(MaxBadges));
        DrawStacks(paper, section, [.. sheet.Record.Stacks], room.Of(MaxStacks));
        if (sheet.Hours is { } hours)
        {
            paper.Flow.Write(section.Add("P"), ScholarshipPages.HoursLine(T, hours), Paper.Text);
        }
    }

    /// <summary>Whole stacks of badges, each in a line.</summary>
    public static void DrawStacks(Paper paper, Tag section, IReadOnlyList<TranscriptStack> stacks, int most)
    {
        if (stacks.Count == 0)
        {
            return;
        }

        var T = paper.Words;
        var named = string.Join("; ", stacks.Take(most).Select(stack => $"{Paper.Shortened(stack.Name, MaxName)} · {T.Day(stack.EarnedOn)}{(stack.GoodUntil is { } until ? $" · {T["good until {0}", T.Day(until)]}" : "")}"));
        paper.Flow.Write(section.Add("P"), $"{T["Whole stacks of badges: {0}", stacks.Count]}. {named}{(stacks.Count > most ? "; …" : "")}", Paper.Text);
    }

    private static void DrawNext(Paper paper, ConferenceSheet sheet, PaperRoom room)
    {
        var T = paper.Words;
        var section = paper.Section(T["What comes next"], 70);
        if (sheet.Next.IsEmpty)
        {
            paper.Flow.Write(section.Add("P"), T["Every skill that was decided is what its badge asks for."], Paper.Text);
            return;
        }

        var isConverted = sheet.Record.Grades is not null;
        var table = new FlowTable(paper.Flow, section, [Paper.Column(T["Skill"], 0, 190, Paper.Text), Paper.Column(T["Level"], 200, 96, Paper.Level), Paper.Column(T["The next level looks like this"], 306, 198, Paper.Quiet)]);
        foreach (var next in sheet.Next.Take(room.Of(MaxNext)))
        {
            var skill = next.Skill;
            table.Add(
                [Paper.Shortened($"{skill.Name} · {next.Badge}", MaxName)],
                isConverted ? [skill.Level.Label, T["converted: {0}", skill.Letter ?? T["no letter"]]] : [skill.Level.Label],
                [next.Next is { } level ? Paper.Shortened($"{level.Label}: {level.Descriptor}", MaxText) : "-"]);
        }

        More(paper, section, sheet.Next.Length - room.Of(MaxNext));
    }

    private static void DrawGoals(Paper paper, ConferenceSheet sheet, PaperRoom room)
    {
        var T = paper.Words;
        if (sheet.Goals.IsEmpty)
        {
            return;
        }

        var section = paper.Section(T["Goals of the plan"], 50);
        foreach (var goal in sheet.Goals.Take(room.Of(MaxGoals)))
        {
            paper.Flow.Write(section.Add("P"), $"· {Paper.Shortened(goal, MaxText)}", Paper.Text);
        }

        if (sheet.Goals.Length > room.Of(MaxGoals))
        {
            paper.Flow.Write(section.Add("P"), T["and {0} more in the plan", sheet.Goals.Length - room.Of(MaxGoals)], Paper.Fine);
        }
    }

    private static void DrawCourses(Paper paper, ConferenceSheet sheet, PaperRoom room)
    {
        var T = paper.Words;
        var courses = sheet.Record.Courses.OrderByDescending(course => course.Course.Words.CompletedOn).ToList();
        if (courses.Count == 0)
        {
            return;
        }

        var section = paper.Section(T["Courses with letters"], 50);
        foreach (var words in courses.Take(room.Of(MaxCourses)).Select(course => course.Course.Words))
        {
            paper.Flow.Write(
                section.Add("P"),
                $"{Paper.Shortened(words.Title, MaxName)} · {Paper.Shortened(words.Term, 30)} · {words.Letter ?? "-"}{(words.Credits is { } credits ? $" · {T["{0} credits", T.Number(credits, "#,0.###")]}" : "")}",
                Paper.Text);
        }

        More(paper, section, courses.Count - room.Of(MaxCourses));
    }

    private static void DrawLegend(Paper paper, ConferenceSheet sheet, PaperRoom room)
    {
        var T = paper.Words;
        var section = paper.Section(T["What the levels mean"], 60);
        DrawScales(paper, section, sheet.Record, room.Of(MaxScales));
        if (sheet.Record.Grades is { } grades)
        {
            paper.Flow.Write(section.Add("P"), $"{T["Policy: {0}, version {1}", grades.Policy.Terms.Name, grades.Policy.Version]}. {GradeSection.Standing(grades, T)}", Paper.Fine);
        }
    }

    private static void DrawTalk(Paper paper)
    {
        var T = paper.Words;
        var section = paper.Section(T["What we agree on"], 100);
        foreach (var who in new[] { T["Student"], T["Family"], T["School"] })
        {
            paper.Flow.Skip(8);
            paper.Flow.Write(section.Add("P"), $"{who}: ______________________________________________________________________", Paper.Text);
        }
    }

    /// <summary>What the levels of the scales mean, a line or two for each.</summary>
    public static void DrawScales(Paper paper, Tag section, Transcript record, int scales)
    {
        foreach (var scale in record.Legend.Values.Take(scales))
        {
            paper.Flow.Write(section.Add("P"), $"{scale.Name}: {string.Join(" · ", scale.Levels.Select(level => Paper.Shortened($"{level.Label} - {level.Descriptor}", 90)))}", Paper.Fine);
        }

        More(paper, section, record.Legend.Count - scales);
    }

    /// <summary>How much of a list found no room.</summary>
    public static void More(Paper paper, Tag section, int left)
    {
        if (left > 0)
        {
            var T = paper.Words;
            paper.Flow.Write(section.Add("P"), T["and {0} more, which the transcript lists", left], Paper.Fine);
        }
    }
}
