using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.App.Gradebook;
using SkillBadges.App.Tests.Pdf;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Gradebook;
using SkillBadges.Core.Gradebook.Courses;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Gradebook.Papers;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Gradebook;

/// <summary>Documents that keep to their pages however much there is to tell.</summary>
public sealed class PaperPagesTests
{
    private static readonly DateTimeOffset at = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly Organization school = Organization.Found(OrganizationId.From("west"), "west", "Westfield High School of Trades, Arts and Sciences", OrganizationKind.HighSchool, null);

    [PdfFact]
    public void A_letter_for_scholarships_has_one_page_with_levels_first_and_no_rank()
    {
        var few = Text(ScholarshipPages.Draw(Letter(badges: 2, scales: 1), new("en"), PdfTools.Typesetter, at), pages: 1, "letter-en");
        foreach (var words in new[] { "Maria Fernanda Delgado", "Proficient (proficient)", "Badges earned: 2", "Whole stacks of badges: 1. Everything in the shop", "Average, converted: 3.00", "Policy: Letters for scholarships, version 2", "Authority: Westfield", "No student is ranked", "Courses recorded: 2; credits: 1.5.", "Confirmed hours: service" })
        {
            Assert.Contains(words, few, StringComparison.Ordinal);
        }

        Assert.True(few.IndexOf("Skills by level", StringComparison.Ordinal) < few.IndexOf("Average, converted", StringComparison.Ordinal));
        Assert.Contains("Promedio, convertido: 3.00", Text(ScholarshipPages.Draw(Letter(60, 4), new("es"), PdfTools.Typesetter, at), pages: 1, "letter-es"), StringComparison.Ordinal);
    }

    [PdfFact]
    public void A_conference_sheet_has_two_pages_at_most_and_says_that_there_is_more()
    {
        var few = Text(ConferencePages.Draw(Sheet(2, 1), new("en"), PdfTools.Typesetter, at), pages: 2, "sheet-en");
        foreach (var words in new[] { "Maria Fernanda Delgado", "Proficient, was Developing", "What comes next", "Learn to weld overhead", "Whole stacks of badges: 1. Everything in the shop · Nov 2, 2026 · good until Nov 2, 2028", "Courses with letters", "What we agree on" })
        {
            Assert.Contains(words, few, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("GPA", few, StringComparison.Ordinal);
        Assert.Matches("y [0-9]+ más, que figuran en el expediente", Text(ConferencePages.Draw(Sheet(60, 4), new("es"), PdfTools.Typesetter, at), pages: 2, "sheet-es"));
    }

    [Fact]
    public void A_sheet_looks_back_as_many_weeks_as_it_is_asked_and_starts_with_what_is_nearest()
    {
        var sheet = Sheet(3, 1);

        Assert.All(sheet.Rises, rise => Assert.True(rise.On >= sheet.Since));
        Assert.NotEmpty(sheet.Rises);
        Assert.Empty(ConferenceSheet.Of(Record(3, 1), 1, [], null).Rises);
        Assert.Equal("Proficient", sheet.Next[0].Next!.Label);
        Assert.Equal("paper.weeks", Assert.Throws<Core.RefusedException>(() => ConferenceSheet.Of(Record(1, 1), 0, [], null)).Code);
    }

    private static string Text(byte[] document, int pages, string name)
    {
        PdfTools.Check(document);
        Save(document, name);
        var text = PdfTools.Text(document);
        Assert.InRange(text.Count(letter => letter == '\f'), 1, pages);
        return text;
    }

    private static ConferenceSheet Sheet(int badges, int scales) => ConferenceSheet.Of(Record(badges, scales), 12, Enumerable.Repeat("Learn to weld overhead, and help a younger student to do the same by the end of the term.", badges), Hours());

    private static ScholarshipLetter Letter(int badges, int scales)
    {
        var record = Record(badges, scales);
        var letters = record.Legend.Values.Select(scale => new PolicyScale(ScaleDocuments.VersionId(scale.Id, scale.Version), new Dictionary<string, string> { ["proficient"] = "B" }.ToImmutableSortedDictionary(StringComparer.Ordinal)));
        var terms = new GradeTerms("Letters for scholarships", "Board resolution 7", [new("B", 3), new("A", 4)], [.. letters], CountedSkills.Decided, CountedCourses.Own, WeighsByCredit: false, 2, GradeRounding.HalfUp, new(2026, 7, 1))
        {
            Note = "Two levels below proficient have no letter, since they say what is still to come.",
        };
        return ScholarshipLetter.Of(TranscriptGrades.Of(record, new("key", 2, school.Id, terms, PersonId.From("office"), at), school.Name, new HashSet<OrganizationId> { school.Id }), Hours());
    }

    private static IReadOnlyList<LogTotal> Hours() => [new(LogKind.Service, 3, 800, 720), new(LogKind.WorkBased, 1, 480, 480)];

    // Of each badge three skills: one proficient and risen lately, one developing, one beginning.
    private static Transcript Record(int badges, int scales)
    {
        MasteryScale[] known = [.. Enumerable.Range(1, scales).Select(number => MasteryScale.Create(
            string.Create(CultureInfo.InvariantCulture, $"scale-{number}"), 1, string.Create(CultureInfo.InvariantCulture, $"Four levels of the department {number}"), "Sample.",
            [new("beginning", 1, "Beginning", "Parts of it, with help at each step."), new("developing", 2, "Developing", "Most of it, with a reminder."), new("proficient", 3, "Proficient", "All of it alone, to the stated tolerance."), new("advanced", 4, "Advanced", "And explains it to others.")],
            "proficient", ScoringPolicy.Latest))];
        var made = Enumerable.Range(0, badges).Select(number =>
        {
            var scale = known[number % scales];
            TranscriptSkill Skill(string name, string code) => new(string.Create(CultureInfo.InvariantCulture, $"{name} in the position of the day {number}"), LevelOf(scale, code), new(2026, 11, 1))
            {
                Rises = code == "proficient" ? [new("entry", 1, "developing", "proficient", at.AddDays(-20), at.AddDays(-20))] : [],
            };
            return new TranscriptBadge(
                new(string.Create(CultureInfo.InvariantCulture, $"badge-{number}"), 1), string.Create(CultureInfo.InvariantCulture, $"Shielded metal arc welding {number}"), scale.SnapshotHash, new(2026, 11, 1), null, CredentialId.From("c"),
                [Skill("Strikes an arc", "proficient"), Skill("Keeps the bead even", "developing"), Skill("Reads the drawing", "beginning")], []);
        });
        var courses = Enumerable.Range(0, badges).Select(number => new CourseRecord(CourseRecordId.New(at), PersonId.From("ada"), school.Id, new(string.Create(CultureInfo.InvariantCulture, $"Algebra {number}"), "MAT", "B", 0.75m, "Spring 2026", new(2026, 6, 12)), PersonId.From("office"), at));
        return new Transcript(
            PersonId.From("ada"), "Maria Fernanda Delgado", school, new(2026, 11, 22), [new(school.Id, school.Name, [.. made]) { Stacks = [new("shop@1", "Everything in the shop", new(2026, 11, 2), new(2028, 11, 2), CredentialId.From("s"))] }],
            known.ToImmutableSortedDictionary(scale => scale.SnapshotHash.Hex, scale => scale, StringComparer.Ordinal), 0)
            .WithCourses([.. courses], new Dictionary<OrganizationId, string>(), new Dictionary<PersonId, string>());
    }

    private static Core.Ledger.LevelSnapshot LevelOf(MasteryScale scale, string code)
    {
        var level = scale.Level(code);
        return new(level.Code, level.Ordinal, level.Label, level.Descriptor, scale.IsProficient(code), scale.IsProficient(code));
    }

    private static void Save(byte[] document, string name)
    {
        if (Environment.GetEnvironmentVariable("TESTS_PICTURES") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}.pdf"), document);
        }
    }
}
