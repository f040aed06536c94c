using SkillBadges.App.Layout;
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

    private readonly Transcript transcript;
    private readonly Flow flow;
    private readonly FlowColumn[] skillColumns;
    private readonly FlowColumn[] convertedColumns;
    private readonly FlowColumn[] letterColumns;
    private readonly FlowColumn[] levelColumns;

    private TranscriptPages(Transcript transcript, Texts T, Typesetter typesetter, DateTimeOffset createdAt)
    {
        (this.transcript, this.T) = (transcript, T);
        var document = new PdfDocument($"{T["Transcript"]} - {transcript.LearnerName}", createdAt, Paper.LanguageOf(T));
        flow = new(document, typesetter, $"{transcript.LearnerName} · {transcript.Issuer.Name} · {T.Day(transcript.On)}");
        var quiet = body with { Color = Look.Quiet };
        skillColumns = [Paper.Column(T["Skill"], 0, 246, body), Paper.Column(T["Level"], 258, 150, level), Paper.Column(T["Decided"], 420, 84, quiet)];
        convertedColumns = [Paper.Column(T["Skill"], 0, 208, body), Paper.Column(T["Level"], 220, 124, level), Paper.Column(T["Converted"], 348, 64, quiet), Paper.Column(T["Decided"], 418, 86, quiet)];
        letterColumns = [Paper.Column(T["Level"], 0, 120, level), Paper.Column(T["Converted"], 132, 372, body)];
        levelColumns = [Paper.Column(T["Level"], 0, 120, level), Paper.Column(T["What it means"], 132, 372, body)];
    }

    private Texts T { get; }

    private Tag Root => flow.Document.Root;

    private bool IsConverted => !transcript.Policies.IsEmpty || transcript.Grades is not null;

    /// <param name="transcript">Its own words in that language already, where they are translated.</param>
    /// <param name="profile">What the school says of itself.</param>
    public static byte[] Draw(Transcript transcript, SchoolProfile profile, Texts T, Typesetter typesetter, DateTimeOffset createdAt)
    {
        var pages = new TranscriptPages(transcript, T, typesetter, createdAt);
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
        pages.flow.Skip(10);
        pages.flow.Write(pages.Root.Add("Note"), T["Whoever is given this record by a school may not pass it on without the consent of whoever holds the rights in it (34 CFR 99.33)."], Look.Fine);
        if (!pages.flow.IsExact)
        {
            pages.flow.Skip(10);
            pages.flow.Write(pages.Root.Add("Note"), T[Look.InexactLetters], Look.Fine);
        }

        pages.flow.Finish(T["Page {0} of {1}"]);
        return pages.flow.Document.Save();
    }

    private void DrawHead()
    {
        flow.Keep(0);
        flow.Bar(6, Look.Accent);
        flow.Write(Root.Add("H1"), T["Transcript"].ToUpperInvariant(), title);
        flow.Skip(4);
        flow.Write(Root.Add("P"), transcript.LearnerName, flow.Typesetter.Fit(transcript.LearnerName, name, Flow.Width, 18).Style);
        flow.Write(Root.Add("P"), $"{transcript.Issuer.Name} · {T.Day(transcript.On)}", Look.Body);
        flow.Skip(8);
        flow.Write(
            Root.Add("P"),
            string.Join(' ', Notes()),
            Look.Fine with { Size = 8.5, Leading = 12 });
        if (transcript.Withheld > 0)
        {
            flow.Write(Root.Add("P"), T["Not shown here: {0} decisions that other schools keep.", transcript.Withheld], Look.Fine with { Size = 8.5, Leading = 12 });
        }
    }

    private IEnumerable<string> Notes()
    {
        yield return T["Each level stands as it was decided, on the scale of the school that decided; the scales are explained at the end."];
        yield return transcript.Grades is null ? T["Nothing is averaged, and no learner is ranked among others."] : T["No learner is ranked among others."];
        if (IsConverted)
        {
            yield return T["Letters marked as converted are not decisions: the policy that makes them is named at the end."];
        }

        if (T.Language != "en")
        {
            yield return T["Badges, skills and levels are named in this language where their authors translated them; the signed record holds the original words."];
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
            flow.Write(section.Add("P"), T["All badges of it earned {0}", T.Day(stack.EarnedOn)] + GoodUntil(stack.GoodUntil), Look.Fine);
        }

        foreach (var badge in part.Badges)
        {
            DrawBadge(section, badge);
        }

        CourseTable.Draw(flow, section, part.Courses, T);
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
            flow.Write(section.Add("P"), T["Counts for {0}", CreditWords.Of(credit, T)], Look.Fine with { Color = Look.Ink });
        }

        foreach (var recognized in badge.Skills.Select(skill => skill.Recognized?.Reason).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            flow.Write(section.Add("P"), T["Recognized: {0}", recognized], Look.Fine with { Color = Look.Ink });
        }

        flow.Skip(4);
        var table = new FlowTable(flow, section, IsConverted ? convertedColumns : skillColumns);
        foreach (var skill in badge.Skills)
        {
            if (IsConverted)
            {
                table.Add([skill.Name], Level(skill), [skill.Letter ?? (transcript.Grades is null ? T["none agreed"] : T["no letter"])], [T.Day(skill.DecidedOn)]);
            }
            else
            {
                table.Add([skill.Name], Level(skill), [T.Day(skill.DecidedOn)]);
            }
        }
    }

    private string Standing(TranscriptBadge badge) => badge switch
    {
        { EarnedOn: { } on } => T["Badge earned {0}", T.Day(on)] + GoodUntil(badge.GoodUntil),
        _ when badge.Skills.All(skill => skill.Recognized is not null) => T["Decided elsewhere and recognized here; the badge was given there"],
        _ => T["Skills that were decided; no badge stands for them"],
    };

    private string GoodUntil(DateOnly? day) => day is { } until ? $" · {T["good until {0}", T.Day(until)]}" : "";

    private string[] Level(TranscriptSkill skill) => skill switch
    {
        { Level.IsSufficient: false } => [skill.Level.Label, T["Not yet what the badge asks for"]],
        { IsEnoughBelowCut: true } => [skill.Level.Label, T["Below proficient; enough for this badge"]],
        _ => [skill.Level.Label],
    };

    private void DrawLegend()
    {
        flow.Skip(20);
        flow.Keep(140);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), T["What the levels mean"], heading);
        flow.Rule(1, Look.Accent);
        foreach (var scale in transcript.Legend.Values)
        {
            DrawScale(section, scale);
        }

        CourseTable.DrawLegend(flow, section, [.. transcript.Courses], T);
    }

    private void DrawScale(Tag section, MasteryScale scale)
    {
        flow.Skip(11);
        flow.Keep(80);
        var used = string.Join(", ", transcript.Parts.Where(part => part.Badges.Any(badge => transcript.Legend[badge.Scale.Hex] == scale)).Select(part => part.School));
        flow.Write(section.Add("H3"), scale.Name, badgeName);
        flow.Write(section.Add("P"), T["Version {0}, used by {1}. Levels from the lowest; {2} and above counts as proficient.", scale.Version, used, scale.Level(scale.ProficientCut).Label], Look.Fine);
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
        flow.Write(section.Add("H2"), T["Converted letters"], heading);
        flow.Rule(1, Look.Accent);
        flow.Skip(8);
        flow.Write(section.Add("P"), T["Policy: {0}, wording {1}", policy.Revision.Terms.Document, policy.Revision.Number], Look.Strong);
        flow.Write(
            section.Add("P"),
            T["Authority: {0}. Levels of {1}, version {2}, read as {3}, version {4}, since {5}.", policy.Authority, InLegend(policy.From)?.Name ?? policy.From.Name, policy.From.Version, policy.To.Name, policy.To.Version, T.Day(policy.Revision.HoldsFrom ?? policy.Revision.Terms.EffectiveFrom)],
            Look.Fine);
        if (policy.Revision.Terms.Note is { } note)
        {
            flow.Write(section.Add("P"), note, Look.Fine);
        }

        flow.Skip(4);
        var table = new FlowTable(flow, section, letterColumns);
        foreach (var known in policy.From.Levels)
        {
            table.Add([LevelName(policy.From, known)], [policy.Of(known.Code) ?? T["No agreed equivalence"]]);
        }
    }

    // As the legend names it: the policy has the scale's own words.
    private string LevelName(MasteryScale scale, MasteryLevel level) =>
        InLegend(scale)?.Find(level.Code)?.Label ?? level.Label;

    private MasteryScale? InLegend(MasteryScale scale) => transcript.Legend.Values.FirstOrDefault(known => known.Id == scale.Id && known.Version == scale.Version);

    private void DrawGrades()
    {
        if (transcript.Grades is not { } grades)
        {
            return;
        }

        flow.Skip(20);
        flow.Keep(140);
        var section = Root.Add("Sect");
        flow.Write(section.Add("H2"), T["Converted letters"], heading);
        flow.Rule(1, Look.Accent);
        flow.Skip(8);
        GradeSection.Draw(flow, section, transcript, grades, T);
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
        flow.Write(section.Add("H2"), T["About {0}", transcript.Issuer.Name], heading);
        flow.Rule(1, Look.Accent);
        flow.Skip(8);
        foreach (var paragraph in profile.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            flow.Write(section.Add("P"), paragraph, body);
            flow.Skip(4);
        }

        if (profile.PoliciesAt is { } policies)
        {
            var link = section.Add("P").Add("Link", T["The school's policies on grading and credit"]);
            var line = flow.Typesetter.Fit(T["Policies on grading and credit: {0}", policies], body with { Color = Look.Accent }, Flow.Width, 5);
            flow.Write(link, line.Text, line.Style);
            flow.Link(link, line.Style.Leading, line.Width, new(policies));
        }
    }
}
