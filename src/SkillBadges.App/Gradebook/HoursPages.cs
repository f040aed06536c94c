using SkillBadges.App.Evidence;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook.Hours;

namespace SkillBadges.App.Gradebook;

/// <summary>Draws the record of service and learning at work: sums of what somebody stands by, those hours, and apart from them what nobody confirmed yet.</summary>
internal static class HoursPages
{
    // A text of the log may fill a page of its own; the log itself holds the whole.
    private const int MaxText = 400;

    public static byte[] Draw(HoursRecord record, Texts T, Typesetter typesetter, DateTimeOffset createdAt)
    {
        var paper = new Paper(T["Service and work hours"], record.LearnerName, record.School.Name, record.On, T, typesetter, createdAt);
        paper.Note(record.Year is { } year ? T["School year {0}-{1}.", year, year + 1] : T["All school years."]);
        paper.Note(T["Hours count once a teacher, a supervisor or a mentor stands by them. Hours that nobody confirmed yet are listed apart and are in no sum."]);
        DrawSums(paper, record);
        if (record.ConfirmedMinutes > 0)
        {
            DrawLines(paper, T["Confirmed hours"], record.Confirmed);
        }

        if (record.UnconfirmedMinutes > 0)
        {
            var section = DrawLines(paper, T["Not confirmed yet"], record.Unconfirmed);
            paper.Flow.Skip(4);
            paper.Flow.Write(section.Add("P"), T["Not confirmed, and in no sum above: {0}.", Time(T, record.UnconfirmedMinutes)], Paper.Fine);
        }

        return paper.Save();
    }

    private static void DrawSums(Paper paper, HoursRecord record)
    {
        var T = paper.Words;
        var section = paper.Section(T["Hours by kind and school year"], 110);
        if (record.Sums.IsEmpty)
        {
            paper.Flow.Write(section.Add("P"), T["No confirmed hours."], Paper.Text);
            return;
        }

        var table = new FlowTable(paper.Flow, section, [Paper.Column(T["Kind"], 0, 190, Paper.Text), Paper.Column(T["School year"], 200, 110, Paper.Text), Paper.Column(T["Entries"], 320, 70, Paper.Quiet), Paper.Column(T["Hours"], 400, 104, Paper.Level)]);
        foreach (var sum in record.Sums)
        {
            table.Add([WorkWords.Kind(T, sum.Kind)], [T["{0}-{1}", sum.Year, sum.Year + 1]], [$"{sum.Entries}"], [Time(T, sum.Minutes)]);
        }

        foreach (var kind in record.Sums.GroupBy(sum => sum.Kind))
        {
            table.Add([T["{0}, all years shown", WorkWords.Kind(T, kind.Key)]], [""], [$"{kind.Sum(sum => sum.Entries)}"], [Time(T, kind.Sum(sum => sum.Minutes))]);
        }
    }

    private static Tag DrawLines(Paper paper, string title, IEnumerable<HoursLine> lines)
    {
        var T = paper.Words;
        var section = paper.Section(title, 120);
        var table = new FlowTable(paper.Flow, section, [Paper.Column(T["Day"], 0, 74, Paper.Text), Paper.Column(T["Place and what was learned"], 82, 258, Paper.Text), Paper.Column(T["Confirmed by"], 350, 92, Paper.Quiet), Paper.Column(T["Hours"], 450, 54, Paper.Level)]);
        foreach (var line in lines)
        {
            var words = line.Words;
            table.Add(
                [T.Day(words.On), WorkWords.Kind(T, words.Kind)],
                [words.Place, Paper.Shortened(words.Did, MaxText), $"{T["Learned"]}: {Paper.Shortened(words.Reflection, MaxText)}"],
                line.ConfirmedAs is { } capacity ? [line.ConfirmedBy ?? Signer(T, capacity), .. line.ConfirmedBy is null ? Array.Empty<string>() : [Signer(T, capacity)]] : [T["nobody yet"]],
                [Time(T, words.Minutes)]);
        }

        return section;
    }

    public static string Time(Texts T, int minutes) => minutes % 60 == 0 ? T["{0} h", minutes / 60] : T["{0} h {1} min", minutes / 60, minutes % 60];

    private static string Signer(Texts T, LogSigner signer) => signer switch
    {
        LogSigner.Teacher => T["Teacher"],
        LogSigner.Supervisor => T["Supervisor"],
        _ => T["Mentor"],
    };
}
