using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Gradebook.Classes;
using SkillBadges.Core.Gradebook.Cycles;
using SkillBadges.Core.Gradebook.Marks;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Gradebook;

public sealed class MarkTests
{
    private static readonly string[] levels = [.. Scales.FourLevel().Levels.Select(level => level.Code)];

    private static readonly MarkTerms letters = Terms("D", "C", "B", "A");

    [Theory]
    [InlineData(MarkCombination.Most, "A", "advanced", "advanced", "beginning")]
    [InlineData(MarkCombination.Most, "C", "developing", "advanced")]
    [InlineData(MarkCombination.Lowest, "D", "advanced", "advanced", "beginning")]
    public void Several_levels_become_one_mark_by_the_policys_rule(MarkCombination combine, string mark, params string[] decided)
    {
        var row = Row(letters with { Combine = combine }, decided);

        Assert.Equal((mark, true), (row.Mark, row.IsConverted));
        Assert.Equal(mark, letters.Levels[row.Level!]);
    }

    [Fact]
    public void Without_a_policy_evidence_or_a_scale_that_it_knows_there_is_no_mark()
    {
        Assert.Null(Row(null, "proficient").Mark);
        Assert.Null(Row(letters, null, null).Mark);
        Assert.Null(Row(letters with { ScaleId = "three-step" }, "proficient").Mark);
        Assert.Null(Row(letters with { Combine = MarkCombination.Lowest }, "proficient", null).Mark);
        Assert.Equal("B", Row(letters with { Combine = MarkCombination.Most }, "proficient", null).Mark);
        Assert.Null(Row(letters with { Levels = letters.Levels.Remove("proficient") }, "proficient").Mark);
    }

    [Theory]
    [InlineData("mark-policy.not-monotone", "D", "C", "A", "B")]
    [InlineData("mark-policy.levels", "D", "C", "B", "Z")]
    [InlineData("mark-policy.lowest-fails", "F", "C", "B", "A")]
    public void Policies_that_would_wrong_a_learner_are_refused(string code, params string[] marks) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => Terms(marks).Checked(Scales.FourLevel())).Code);

    [Fact]
    public void The_lowest_level_fails_for_a_stated_reason_alone() =>
        Assert.NotNull((Terms("F", "C", "B", "A") with { OverrideReason = "The state's rule for graduation." }).Checked(Scales.FourLevel()));

    [Fact]
    public void In_no_policy_does_more_mastery_earn_less_and_none_fails_the_lowest_unsaid() =>
        Prop.ForAll(
            (from marks in Gen.ArrayOf(Gen.Elements("F", "D", "C", "B", "A"), 4) from reason in Gen.Elements(null, "A reason.") select (marks, reason)).ToArbitrary(),
            drawn =>
            {
                var terms = Terms(drawn.marks) with { OverrideReason = drawn.reason };
                string? code = null;
                try
                {
                    terms.Checked(Scales.FourLevel());
                }
                catch (RefusedException refused)
                {
                    code = refused.Code;
                }

                var steps = drawn.marks.Select(mark => terms.Marks.IndexOf(mark)).ToArray();
                var falls = Enumerable.Range(0, 3).Any(at => steps[at + 1] < steps[at]);
                return code == (falls ? "mark-policy.not-monotone" : drawn.marks[0] == "F" && drawn.reason is null ? "mark-policy.lowest-fails" : null);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t'=1\"")]
    [InlineData("\r=1", "\"'\r'=1\"")]
    [InlineData("  =1", "\"  '=1\"")]
    [InlineData("a,=1", "\"a,'=1\"")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("a\n=1", "\"a\n'=1\"")]
    [InlineData("\"=1", "\"\"\"'=1\"")]
    [InlineData("\uFF1D1", "\"'\uFF1D1\"")]
    [InlineData("Anne-Marie", "\"Anne-Marie\"")]
    [InlineData("B+", "\"B+\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    public void No_cell_is_a_formula(string text, string cell) => Assert.Equal(cell, FormulaSafeCsv.Cell(text));

    [Fact]
    public void A_file_has_the_columns_of_its_layout()
    {
        var layout = new MarkLayout("l", OrganizationId.From("o"), "SIS", [new("Student", MarkField.LearnerName), new("Grade", MarkField.Mark), new("How", MarkField.Converted), new("Type", MarkField.Text, "Q1")]).Checked();
        var sheet = MarkSheet.Of(Content("proficient"), "Term 1", new("k", 2, OrganizationId.From("o"), letters, 1, PersonId.From("p"), default));

        var csv = Encoding.UTF8.GetString(FormulaSafeCsv.Write(MarkLayout.Rows(layout.Columns, sheet, new Dictionary<PersonId, string> { [PersonId.From("p")] = "=Ada" })));

        Assert.Equal("\uFEFF\"Student\",\"Grade\",\"How\",\"Type\"\r\n\"'=Ada\",\"B\",\"converted\",\"Q1\"\r\n", csv);
        Assert.Throws<RefusedException>(() => (layout with { Columns = [] }).Checked());
        Assert.Throws<RefusedException>(() => (layout with { Columns = [new("Grade", MarkField.Mark, "B")] }).Checked());
    }

    private static MarkTerms Terms(params string[] marks) => new(
        "Letters", "four-level", ["F", "D", "C", "B", "A"], levels.Zip(marks).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal), ["F"], MarkCombination.Most);

    private static MarkRow Row(MarkTerms? terms, params string?[] decided) =>
        Assert.Single(MarkSheet.Of(Content(decided), "Term 1", terms is null ? null : new("k", 1, OrganizationId.From("o"), terms, 1, PersonId.From("p"), default)).Rows);

    private static CycleContent Content(params string?[] decided) => new(
        "c",
        ClassSectionId.From("s"),
        "Shop",
        default,
        default,
        [new("four-level", 1, [.. Scales.FourLevel().Levels.Select(level => new CycleLevel(level.Code, level.Ordinal, level.Label))])],
        [.. decided.Select((_, at) => new SkillColumn("bench-work", $"skill-{at}", "Skill", "four-level"))],
        [new(PersonId.From("p"), [.. decided.Select(level => level is null ? null : new CycleCell("four-level", level, Array.IndexOf(levels, level) + 1, true, "e", false))])]);
}
