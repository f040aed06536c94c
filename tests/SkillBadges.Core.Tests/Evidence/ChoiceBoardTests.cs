using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class ChoiceBoardTests
{
    private static readonly BadgeDefinition badge = Works.Badge with
    {
        Competencies =
        [
            .. Works.Badge.Competencies.Select(competency => competency.Id != "filing" ? competency : competency with
            {
                ChooseAtLeast = 2,
                EvidenceOptions =
                [
                    new("photos", "Photos", EvidenceKind.File, "Part beside a rule."),
                    new("film", "Film", EvidenceKind.Link, "One stroke."),
                    new("card", "Card", EvidenceKind.Certificate, "Number and issuer."),
                ],
            }),
        ],
        Assessments = [new("pre-test", "Pre-test", "On paper.", 20) { Competencies = ["filing"] }],
    };

    private static Pitch Idea { get; } = Pitch.Propose(PitchId.From("pitch-1"), Works.Started(), "filing", "Teach it", EvidenceKind.Text, "Who teaches it can do it.", Works.Monday);

    private static Pitch Accepted => Idea.AnswerWith(true, null, Works.Teacher.Person, Works.Monday);

    [Theory]
    [InlineData("photos film", true)]
    [InlineData("photos photos", false)]
    [InlineData("photos -", false)]
    [InlineData("- -", false)]
    [InlineData("photos", false)]
    [InlineData("photos pitch-1", true)]
    [InlineData("pitch-1 pitch-1", false)]
    public void As_many_different_choices_count_as_are_asked_for(string options, bool enough)
    {
        var work = Work([.. options.Split(' ')]);

        Assert.Equal(enough, Standing(work, Accepted).IsComplete);
    }

    [Fact]
    public void Where_one_choice_is_asked_for_proof_that_names_none_is_one()
    {
        var standing = ChoiceBoard.Of(badge, "drilling", []).Standing(new CompetencyWork("drilling") { Items = [Works.Note("drilling")] });

        Assert.True(standing is { IsMet: true, HasFreeProof: true, Asked: 1 });
    }

    [Fact]
    public void A_reason_lets_less_be_turned_in_and_is_no_choice()
    {
        var standing = Standing(Work(["photos"]) with { ReasonWithoutEvidence = "The camera broke." });

        Assert.True(standing is { IsComplete: true, IsMet: false, Answered.Length: 1 });
    }

    [Fact]
    public void An_idea_counts_when_a_teacher_has_accepted_it_and_not_before()
    {
        Assert.False(Standing(Work(["photos", "pitch-1"]), Idea).IsMet);
        Assert.False(Standing(Work(["photos", "pitch-1"]), Idea.AnswerWith(false, "Too far off.", Works.Teacher.Person, Works.Monday)).IsMet);
        Assert.True(Standing(Work(["photos", "pitch-1"]), Accepted).IsMet);
    }

    [Fact]
    public void An_idea_for_one_skill_counts_for_no_other() =>
        Assert.Equal("evidence.unknown-option", CodeOf(() => ChoiceBoard.Of(badge, "drilling", [Accepted]).RequireFits(Works.Note("x") with { OptionId = "pitch-1" })));

    [Theory]
    [InlineData("photos", null)]
    [InlineData("film", null)]
    [InlineData("pitch-1", null)]
    [InlineData("card", "evidence.other-kind")]
    [InlineData("no-such", "evidence.unknown-option")]
    public void Proof_is_of_the_kind_that_the_choice_asks_for(string option, string? code) =>
        Assert.Equal(code, CodeOf(() => ChoiceBoard.Of(badge, "filing", [Accepted]).RequireFits(Works.Note("x") with { OptionId = option })));

    [Fact]
    public void The_result_of_an_assessment_stands_for_the_board_of_the_skills_it_covers()
    {
        var item = EvidenceItem.OfAssessment("a", AssessmentResult.Of(badge, "pre-test", 18, new(2026, 11, 13), new(2026, 11, 16)), Works.Monday);

        Assert.True(Standing(new CompetencyWork("filing") { Items = [item] }) is { IsTestedOut: true, IsComplete: true });
        Assert.Equal("evidence.unknown-assessment", CodeOf(() => ChoiceBoard.Of(badge, "drilling", []).RequireFits(item)));
    }

    [Theory]
    [InlineData("pre-test", 21, "2026-11-13", "evidence.assessment")]
    [InlineData("pre-test", -1, "2026-11-13", "evidence.assessment")]
    [InlineData("pre-test", 20, "2026-11-17", "evidence.assessment")]
    [InlineData("final", 20, "2026-11-13", "evidence.unknown-assessment")]
    public void A_result_is_of_the_badges_assessment_and_possible(string assessment, int score, string takenOn, string code) =>
        Assert.Equal(code, CodeOf(() => AssessmentResult.Of(badge, assessment, score, DateOnly.Parse(takenOn, System.Globalization.CultureInfo.InvariantCulture), new(2026, 11, 16))));

    [Fact]
    public void A_proposal_is_answered_once_and_a_no_says_why()
    {
        Assert.Equal("pitch.answered", CodeOf(() => Accepted.AnswerWith(false, "No.", Works.Teacher.Person, Works.Monday)));
        Assert.Equal("pitch.answer", CodeOf(() => Idea.AnswerWith(false, " ", Works.Teacher.Person, Works.Monday)));
        Assert.Equal("pitch.kind", CodeOf(() => Pitch.Propose(PitchId.From("p"), Works.Started(), "filing", "Test", EvidenceKind.Assessment, "Why.", Works.Monday)));
    }

    private static BoardStanding Standing(CompetencyWork work, params Pitch[] pitches) => ChoiceBoard.Of(badge, "filing", pitches).Standing(work);

    private static CompetencyWork Work(string[] options) =>
        new("filing") { Items = [.. options.Select((option, i) => Works.Note($"{i}") with { OptionId = option == "-" ? null : option })] };

    private static string? CodeOf(Action act) => (Record.Exception(act) as RefusedException)?.Code;
}
