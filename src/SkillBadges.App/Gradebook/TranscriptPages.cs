using System.Globalization;
using SkillBadges.App.Pdf.Fonts;
using SkillBadges.App.Pdf.Layout;
using SkillBadges.App.Pdf.Text;
using SkillBadges.App.Pdf.Writing;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Gradebook;

/// <summary>Draws a transcript: levels as they were decided, school by school, then what the levels mean and who the school is.</summary>
internal sealed class TranscriptPages
{
    private static readonly TextStyle title = new(FontWeight.Semibold, 8.5, Look.Accent, 0.5);
    private static readonly TextStyle name = new(FontWeight.Light, 27, Look.Ink) { Leading = 35 };
    private static readonly TextStyle heading = new(FontWeight.Light, 17, Look.Ink) { Leading = 24 };
    private static readonly TextStyle badgeName = new(FontWeight.Semibold, 11, Look.Ink) { Leading = 15 };
    private static readonly TextStyle body = Look.Body with { Size = 9, Leading = 12.5 };
    private static readonly TextStyle level = Look.Strong with { Size = 9, Leading = 12.5, Color = Look.Accent };

    private static readonly FlowColumn[] skillColumns =
        [new("SKILL", 0, 246, body), new("LEVEL", 258, 150, level), new("DECIDED", 420, 84, body with { Color = Look.Quiet })];

    private static readonly FlowColumn[] convertedColumns =
        [new("SKILL", 0, 208, body), new("LEVEL", 220, 124, level), new("CONVERTED", 348, 64, body with { Color = Look.Quiet }), new("DECIDED", 418, 86, body with { Color = Look.Quiet })];

    private static readonly FlowColumn[] letterColumns = [new("LEVEL", 0, 120, level), new("CONVERTED", 132, 372, body)];

    private static readonly FlowColumn[] levelColumns = [new("LEVEL", 0, 120, level), new("WHAT IT MEANS", 132, 372, body)];

    private readonly Transcript transcript;
    private readonly Flow flow;

    private TranscriptPages(Transcript transcript, Typesetter typesetter, DateTimeOffset createdAt)
    {
        this.transcript = transcript;
        var document = new PdfDocument($"Transcript - {transcript.LearnerName}", createdAt);
        flow = new(document, typesetter, $"{transcript.LearnerName} · {transcript.Issuer.Name} · {Look.Day(transcript.On)}");
    }

    private Tag Root => flow.Document.Root;

    private bool IsConverted => !transcript.Policies.IsEmpty || transcript.Grades is not null;

    /// <param name="profile">What the school says of itself.</param>
    public static byte[] Draw(Transcript transcript, SchoolProfile profile, Typesetter typesetter, DateTimeOffset createdAt)
    {
        var pages = new TranscriptPages(transcript, typesetter, createdAt);
        pages.DrawHead();
        foreach (var part in transcript.Parts)
        {
            pages.DrawPart(part);
        }

        pages.DrawLegend();
        foreach (var policy in transcript.Policies)
        {
            pages.DrawPolicy(policy);
        }

        pages.DrawGrades();
        pages.DrawProfile(profile);
        if (!pages.flow.IsExact)
        {
            pages.flow.Skip(10);
            pages.flow.Write(pages.Root.Add("Note"), Look.InexactLetters, Look.Fine);
        }

        pages.flow.Finish();
        return pages.flow.Document.Save();
    }

    private void DrawHead()
    {
        flow.Keep(0);
        flow.Bar(6, Look.Accent);
        flow.Write(Root.Add("H1"), "TRANSCRIPT", title);
        flow.Skip(4);
        flow.Write(Root.Add("P"), transcript.LearnerName, flow.Typesetter.Fit(transcript.LearnerName, name, Flow.Width, 18).Style);
        flow.Write(Root.Add("P"), $"{transcript.Issuer.Name} · {Look.Day(transcript.On)}", Look.Body);
        flow.Skip(8);
        flow.Write(
            Root.Add("P"),
            "Each level stands as it was decided, on the scale of the school that decided; the scales are explained at the end. " + (transcript.Grades is null ? "Nothing is averaged, and no learner is ranked among others." : "No learner is ranked among others.")
            + (!IsConverted ? "" : " Letters in the column \"converted\" are not decisions: the policy that makes them is named at the end."),
            Look.Fine with { Size = 8.5, Leading = 12 });
        if (transcript.Withheld > 0)
        {
            flow.Write(Root.Add("P"), string.Create(CultureInfo.InvariantCulture, $"Not shown here: {transcript.Withheld} decisions that other schools keep."), Look.Fine with { Size = 8.5, Leading = 12 });
        }
    }

    private void DrawPart(TranscriptPart part)
    {
        flow.Skip(16);
        flow.Keep(130);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), part.School, heading);
        flow.Rule(1, Look.Accent);
        foreach (var stack in part.Stacks)
        {
            flow.Skip(11);
            flow.Keep(40);
            flow.Write(section.Add("H3"), stack.Name, badgeName);
            flow.Write(section.Add("P"), $"All badges of it earned {Look.Day(stack.EarnedOn)}{(stack.GoodUntil is { } until ? $" · good until {Look.Day(until)}" : "")}", Look.Fine);
        }

        foreach (var badge in part.Badges)
        {
            DrawBadge(section, badge);
        }

        CourseTable.Draw(flow, section, part.Courses);
    }

    private void DrawBadge(Tag section, TranscriptBadge badge)
    {
        flow.Skip(11);

        // The name does not stand alone at the foot of a page.
        flow.Keep(76);
        flow.Write(section.Add("H3"), badge.Name, badgeName);
        flow.Write(section.Add("P"), Standing(badge), Look.Fine);
        foreach (var credit in badge.Credits)
        {
            flow.Write(section.Add("P"), $"Counts for {CreditWords.Of(credit)}", Look.Fine with { Color = Look.Ink });
        }

        foreach (var recognized in badge.Skills.Select(skill => skill.Recognized?.Reason).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            flow.Write(section.Add("P"), $"Recognized: {recognized}", Look.Fine with { Color = Look.Ink });
        }

        flow.Skip(4);
        var table = new FlowTable(flow, section, IsConverted ? convertedColumns : skillColumns);
        foreach (var skill in badge.Skills)
        {
            if (IsConverted)
            {
                table.Add([skill.Name], Level(skill), [skill.Letter ?? (transcript.Grades is null ? "none agreed" : "no letter")], [Look.Day(skill.DecidedOn)]);
            }
            else
            {
                table.Add([skill.Name], Level(skill), [Look.Day(skill.DecidedOn)]);
            }
        }
    }

    private static string Standing(TranscriptBadge badge) => badge switch
    {
        { EarnedOn: { } on, GoodUntil: { } until } => $"Badge earned {Look.Day(on)} · good until {Look.Day(until)}",
        { EarnedOn: { } on } => $"Badge earned {Look.Day(on)}",
        _ when badge.Skills.All(skill => skill.Recognized is not null) => "Decided elsewhere and recognized here; the badge was given there",
        _ => "Skills that were decided; no badge stands for them",
    };

    private static string[] Level(TranscriptSkill skill) => skill switch
    {
        { Level.IsSufficient: false } => [skill.Level.Label, "Not yet what the badge asks for"],
        { IsEnoughBelowCut: true } => [skill.Level.Label, "Below proficient; enough for this badge"],
        _ => [skill.Level.Label],
    };

    private void DrawLegend()
    {
        flow.Skip(20);
        flow.Keep(140);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), "What the levels mean", heading);
        flow.Rule(1, Look.Accent);
        foreach (var scale in transcript.Legend.Values)
        {
            DrawScale(section, scale);
        }

        CourseTable.DrawLegend(flow, section, [.. transcript.Courses]);
    }

    private void DrawScale(Tag section, MasteryScale scale)
    {
        flow.Skip(11);
        flow.Keep(80);
        var used = string.Join(", ", transcript.Parts.Where(part => part.Badges.Any(badge => transcript.Legend[badge.Scale.Hex] == scale)).Select(part => part.School));
        flow.Write(section.Add("H3"), scale.Name, badgeName);
        flow.Write(section.Add("P"), string.Create(CultureInfo.InvariantCulture, $"Version {scale.Version}, used by {used}. Levels from the lowest; {scale.Level(scale.ProficientCut).Label} and above counts as proficient."), Look.Fine);
        flow.Skip(4);
        var table = new FlowTable(flow, section, levelColumns);
        foreach (var known in scale.Levels)
        {
            table.Add([known.Label], [known.Descriptor]);
        }
    }

    private void DrawPolicy(LetterPolicy policy)
    {
        flow.Skip(20);
        flow.Keep(140);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), "Converted letters", heading);
        flow.Rule(1, Look.Accent);
        flow.Skip(8);
        flow.Write(section.Add("P"), string.Create(CultureInfo.InvariantCulture, $"Policy: {policy.Revision.Terms.Document}, wording {policy.Revision.Number}"), Look.Strong);
        flow.Write(
            section.Add("P"),
            string.Create(CultureInfo.InvariantCulture, $"Authority: {policy.Authority}. Levels of {policy.From.Name}, version {policy.From.Version}, read as {policy.To.Name}, version {policy.To.Version}, since {Look.Day(policy.Revision.HoldsFrom ?? policy.Revision.Terms.EffectiveFrom)}."),
            Look.Fine);
        if (policy.Revision.Terms.Note is { } note)
        {
            flow.Write(section.Add("P"), note, Look.Fine);
        }

        flow.Skip(4);
        var table = new FlowTable(flow, section, letterColumns);
        foreach (var known in policy.From.Levels)
        {
            table.Add([known.Label], [policy.Of(known.Code) ?? "No agreed equivalence"]);
        }
    }

    private void DrawGrades()
    {
        if (transcript.Grades is not { } grades)
        {
            return;
        }

        flow.Skip(20);
        flow.Keep(140);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), "Converted letters", heading);
        flow.Rule(1, Look.Accent);
        flow.Skip(8);
        GradeSection.Draw(flow, section, transcript, grades, new("en"));
    }

    private void DrawProfile(SchoolProfile profile)
    {
        if (profile is { Text.Length: 0, PoliciesAt: null })
        {
            return;
        }

        flow.Skip(20);
        flow.Keep(80);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), $"About {transcript.Issuer.Name}", heading);
        flow.Rule(1, Look.Accent);
        flow.Skip(8);
        foreach (var paragraph in profile.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            flow.Write(section.Add("P"), paragraph, body);
            flow.Skip(4);
        }

        if (profile.PoliciesAt is { } policies)
        {
            var link = section.Add("P").Add("Link", "The school's policies on grading and credit");
            var line = flow.Typesetter.Fit($"Policies on grading and credit: {policies}", body with { Color = Look.Accent }, Flow.Width, 5);
            flow.Write(link, line.Text, line.Style);
            flow.Link(link, line.Style.Leading, line.Width, new(policies));
        }
    }
}
