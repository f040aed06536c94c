using SkillBadges.Core.Evidence;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class SubmissionTests
{
    [Fact]
    public void A_draft_has_a_place_for_every_skill_of_the_badge() =>
        Assert.Equal(Works.Badge.Competencies.Select(competency => competency.Id), Works.Started().Draft.Select(work => work.CompetencyId));

    [Fact]
    public void A_skill_without_proof_or_reason_keeps_the_work_from_being_turned_in()
    {
        var almost = Works.Filled().RemoveEvidence("tapping", "note-tapping", Works.Monday);

        var refusal = Assert.Throws<RefusedException>(() => almost.Submit(Works.TurningIn(Works.Monday)));

        Assert.Equal("submission.incomplete", refusal.Code);
        Assert.Contains("tapping", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reason_takes_the_place_of_proof()
    {
        var reasoned = Works.Filled()
            .RemoveEvidence("tapping", "note-tapping", Works.Monday)
            .Reflect(Works.Badge, "tapping", "developing", "Hard at first.", "The shop had no taps this week.", Works.Monday);

        Assert.Equal(SubmissionState.Submitted, reasoned.Submit(Works.TurningIn(Works.Monday)).State);
    }

    [Fact]
    public void What_is_turned_in_can_not_be_changed()
    {
        var submitted = Works.TurnedIn();

        AssertRefused("submission.not-editable", () => submitted.AddEvidence("filing", Works.Note("more"), Works.Monday));
        AssertRefused("submission.not-editable", () => submitted.RemoveEvidence("filing", "note-filing", Works.Monday));
        AssertRefused("submission.not-editable", () => submitted.Submit(Works.TurningIn(Works.Monday)));
    }

    [Fact]
    public void The_frozen_digest_changes_with_any_piece_of_the_work()
    {
        var other = Works.Filled().Reflect(Works.Badge, "filing", "advanced", null, null, Works.Monday).Submit(Works.TurningIn(Works.Monday));

        Assert.NotEqual(Works.TurnedIn().LastAttempt!.WorkDigest, other.LastAttempt!.WorkDigest);
    }

    [Fact]
    public void An_approval_closes_the_work_and_stays_in_its_attempt()
    {
        var approved = Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval());

        Assert.Equal(SubmissionState.Approved, approved.State);
        Assert.Equal("decision-1", approved.LastAttempt!.Standing!.Id);
    }

    [Fact]
    public void A_return_opens_the_draft_again_and_the_next_try_keeps_the_first()
    {
        var second = Works.TurnedIn().Decide(Works.Badge, 1, Works.Return()).AddEvidence("tapping", Works.Note("taps"), Works.Monday.AddDays(1)).Planned(Works.Monday.AddDays(1)).Submit(Works.TurningIn(Works.Monday.AddDays(1)));

        Assert.Equal([1, 2], second.Attempts.Select(attempt => attempt.Number));
        Assert.Equal(DecisionOutcome.Returned, second.Attempts[0].Standing!.Outcome);
        Assert.Single(second.Attempts[0].Work.Single(work => work.CompetencyId == "tapping").Items);
        Assert.Equal(2, second.Attempts[1].Work.Single(work => work.CompetencyId == "tapping").Items.Length);
    }

    [Theory]
    [InlineData("nobody", "definition.unknown-competency")]
    [InlineData("filing", "scale.unknown-level")]
    public void Ratings_name_skills_and_levels_that_exist(string competency, string code) =>
        AssertRefused(code, () => Works.TurnedIn().Decide(Works.Badge, 1, Works.Return() with { Ratings = [new(competency, "brilliant", null)] }));

    [Fact]
    public void An_approval_reaches_every_required_level()
    {
        AssertRefused("decision.level-too-low", () => Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval("developing")));
        AssertRefused("decision.level-missing", () => Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval() with { Ratings = [new("filing", "proficient", null)] }));
        AssertRefused("decision.rated-twice", () => Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval() with { Ratings = [.. Works.Approval().Ratings, new("filing", "advanced", null)] }));
    }

    [Fact]
    public void A_return_says_what_is_missing() =>
        AssertRefused("decision.say-what-is-missing", () => Works.TurnedIn().Decide(Works.Badge, 1, Works.Return(comment: " ")));

    [Fact]
    public void Nobody_decides_on_their_own_work()
    {
        var self = Works.Teacher with { Person = Works.Learner };

        AssertRefused("decision.own-work", () => Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval(by: self)));
        AssertRefused("decision.own-work", () => Works.TurnedIn().CoSign(Works.Badge, 1, Works.Approval(by: self)));
    }

    [Fact]
    public void A_second_decision_on_the_same_try_is_refused()
    {
        var approved = Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval());
        var returned = Works.TurnedIn().Decide(Works.Badge, 1, Works.Return());

        AssertRefused("submission.already-decided", () => approved.Decide(Works.Badge, 1, Works.Approval()));
        AssertRefused("submission.already-decided", () => returned.Decide(Works.Badge, 1, Works.Approval()));
    }

    [Fact]
    public void A_decision_is_about_the_try_that_was_looked_at()
    {
        var second = Works.TurnedIn().Decide(Works.Badge, 1, Works.Return()).Planned(Works.Monday.AddDays(1)).Submit(Works.TurningIn(Works.Monday.AddDays(1)));

        AssertRefused("submission.attempt-stale", () => second.Decide(Works.Badge, 1, Works.Approval()));
    }

    [Fact]
    public void A_supervisors_signature_leaves_the_work_with_the_teacher_and_is_given_once()
    {
        var signed = Works.TurnedIn().CoSign(Works.Badge, 1, Works.Approval());

        Assert.Equal(SubmissionState.Submitted, signed.State);
        Assert.NotNull(signed.LastAttempt!.CoSignature);
        AssertRefused("submission.already-decided", () => signed.CoSign(Works.Badge, 1, Works.Approval()));
    }

    [Fact]
    public void A_correction_names_what_it_corrects_and_why()
    {
        var approved = Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval());
        var correction = Works.Return(id: "decision-2") with { Corrects = "decision-1", CorrectionReason = "The photos are of another learner's part." };

        var corrected = approved.Correct(Works.Badge, 1, correction);

        Assert.Equal(SubmissionState.Draft, corrected.State);
        Assert.Equal(["decision-1", "decision-2"], corrected.LastAttempt!.Decisions.Select(decision => decision.Id));
        AssertRefused("decision.reason", () => approved.Correct(Works.Badge, 1, correction with { CorrectionReason = "" }));
        AssertRefused("decision.nothing-to-correct", () => approved.Correct(Works.Badge, 1, correction with { Corrects = "decision-0" }));
        AssertRefused("decision.nothing-to-correct", () => corrected.Planned(Works.Monday.AddDays(1)).Submit(Works.TurningIn(Works.Monday.AddDays(1))).Correct(Works.Badge, 1, correction with { Corrects = "decision-2" }));
    }

    [Fact]
    public void A_skill_takes_twenty_pieces_of_proof_at_most()
    {
        var full = Enumerable.Range(0, CompetencyWork.MaxItems).Aggregate(Works.Started(), (submission, i) => submission.AddEvidence("filing", Works.Note($"{i}"), Works.Monday));

        AssertRefused("evidence.too-many", () => full.AddEvidence("filing", Works.Note("one-more"), Works.Monday));
    }

    private static void AssertRefused(string code, Func<object> act) => Assert.Equal(code, Assert.Throws<RefusedException>(act).Code);
}
