using System.Globalization;
using SkillBadges.App.Layout;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Mastery;

namespace SkillBadges.App.Gradebook;

/// <summary>Writes which policy converted, in which version and by whose authority, what it makes of each level, and the average where there is one.</summary>
internal static class GradeSection
{
    private static readonly TextStyle strong = Look.Strong with { Size = 9, Leading = 12.5 };
    public static readonly TextStyle Average = Look.Strong with { Size = 12, Leading = 17, Color = Look.Accent };

    public static void Draw(Flow flow, Tag section, Transcript transcript, TranscriptGrades grades, Texts T)
    {
        var terms = grades.Policy.Terms;
        flow.Write(section.Add("P"), T["Policy: {0}, version {1}", terms.Name, grades.Policy.Version], strong);
        flow.Write(section.Add("P"), Standing(grades, T), Look.Fine);
        foreach (var words in new[] { terms.Note, terms.LowestReason }.OfType<string>())
        {
            flow.Write(section.Add("P"), words, Look.Fine);
        }

        if (terms.Letters.Any(letter => letter.Points is not null))
        {
            flow.Skip(4);
            flow.Write(section.Add("P"), grades.Average is { } made ? T["Average, converted: {0}", made.Text] : T["No average: nothing in this record counts under the policy."], Average);
            flow.Write(section.Add("P"), Made(grades, T), Look.Fine);
        }

        flow.Skip(4);
        var table = new FlowTable(flow, section, [Paper.Column(T["Level"], 0, 180, Paper.Text), Paper.Column(T["Converted"], 190, 120, Paper.Text), Paper.Column(T["Points"], 320, 100, Paper.Quiet)]);
        foreach (var scale in transcript.Legend.Values.DistinctBy(scale => (scale.Id, scale.Version)).Where(scale => terms.Scales.Any(known => known.Scale == Version(scale))))
        {
            foreach (var level in scale.Levels)
            {
                var letter = terms.Of(Version(scale), level.Code);
                table.Add([level.Label, scale.Name], [letter?.Letter ?? T["no letter"]], [Points(letter)]);
            }
        }
    }

    /// <summary>By whose authority, and since when.</summary>
    public static string Standing(TranscriptGrades grades, Texts T)
    {
        var terms = grades.Policy.Terms;
        return terms.EffectiveTo is { } last
            ? T["Authority: {0}, {1}. In force from {2} to {3}.", grades.Organization, terms.Authority, T.Day(terms.EffectiveFrom), T.Day(last)]
            : T["Authority: {0}, {1}. In force since {2}.", grades.Organization, terms.Authority, T.Day(terms.EffectiveFrom)];
    }

    /// <summary>What the average is made of.</summary>
    public static string Made(TranscriptGrades grades, Texts T)
    {
        var terms = grades.Policy.Terms;
        var skills = terms.Skills switch
        {
            CountedSkills.Earned => T["skills of badges that were earned"],
            CountedSkills.Decided => T["every skill with a level"],
            _ => null,
        };
        var courses = terms.Courses switch
        {
            CountedCourses.Own => T["courses of the school with one of its letters"],
            CountedCourses.All => T["courses with one of its letters, those recorded from other schools too"],
            _ => null,
        };
        var parts = string.Join(", ", new[] { skills, courses }.OfType<string>());
        var weight = terms.WeighsByCredit ? T["weighed by credit"] : T["each once"];
        var rounding = terms.Rounding switch
        {
            GradeRounding.HalfEven => T["halves rounded to the even digit"],
            GradeRounding.Down => T["rounded down"],
            _ => T["halves rounded up"],
        };
        return T["The policy counts: {0}; {1}; {2}. Counted here: {3}; without a letter, points or credits that count: {4}.", parts.Length == 0 ? "-" : parts, weight, rounding, grades.Average?.Counted ?? 0, grades.Average?.Left ?? grades.Unlettered];
    }

    private static string Points(PolicyLetter? letter) => letter?.Points?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";

    private static string Version(MasteryScale scale) => ScaleDocuments.VersionId(scale.Id, scale.Version);
}
