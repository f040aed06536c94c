using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence;

public sealed class TurnInTests
{
    private static readonly AttemptPolicy policy = new(Limit: 2, CoolingDays: 3, Preparation: "Practice with the instructor.");

    private static Submission Returned => Works.TurnedIn().Decide(Works.Badge, 1, Works.Return());

    // Works.Return() decides on Monday at eleven.
    private static DateTimeOffset Open => Works.Monday.AddHours(2).AddDays(3);

    private static TurnIn At(DateTimeOffset at) => new(Works.Badge, at) { Policy = policy };

    [Fact]
    public void The_next_try_is_open_to_the_second_when_the_waiting_is_over()
    {
        var ready = Returned.Planned(Works.Monday.AddHours(3), "An hour on Tuesday.");

        var early = Refusal(() => ready.Submit(At(Open.AddTicks(-1))));
        Assert.Equal("attempt.cooling", early.Code);
        Assert.Contains("2026-11-19 11:00 UTC", early.Message, StringComparison.Ordinal);
        Assert.Equal(2, ready.Submit(At(Open)).LastAttempt!.Number);
    }

    [Fact]
    public void The_plan_is_written_before_the_next_try_and_the_refusal_names_what_is_open()
    {
        var refusal = Refusal(() => Returned.Submit(At(Open)));

        Assert.Equal("attempt.plan-untouched", refusal.Code);
        Assert.Contains("filing", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_preparation_is_done_before_the_next_try_and_the_refusal_says_what_it_is()
    {
        var refusal = Refusal(() => Returned.Planned(Works.Monday.AddDays(1)).Submit(At(Open)));

        Assert.Equal("attempt.preparation-missing", refusal.Code);
        Assert.Contains("Practice with the instructor.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_policy_says_so_a_teacher_confirms_the_preparation_and_a_new_one_anew()
    {
        var strict = At(Open) with { Policy = policy with { PreparationSaidBy = PreparationWord.Teacher } };
        var said = Returned.Planned(Works.Monday.AddHours(3), "An hour on Tuesday.");
        var seen = new PreparationSeen(Works.Teacher.Person, Works.Monday.AddHours(4));

        var refusal = Refusal(() => said.Submit(strict));
        Assert.Equal("attempt.preparation-unconfirmed", refusal.Code);
        Assert.Contains("Practice with the instructor.", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("plan.own", Refusal(() => said.ConfirmPreparation(1, seen with { By = said.Learner })).Code);
        Assert.Equal("plan.preparation-unsaid", Refusal(() => Returned.ConfirmPreparation(1, seen)).Code);
        Assert.Equal("plan.not-found", Refusal(() => said.ConfirmPreparation(2, seen)).Code);

        var confirmed = said.ConfirmPreparation(1, seen);
        Assert.Same(confirmed, confirmed.ConfirmPreparation(1, seen with { At = Open }));
        Assert.Equal(2, confirmed.Submit(strict).LastAttempt!.Number);
        Assert.Equal("attempt.preparation-unconfirmed", Refusal(() => confirmed.Planned(Works.Monday.AddHours(5), "Ten minutes.").Submit(strict)).Code);
        Assert.Equal("attempt.policy", Refusal(() => AttemptPolicy.Require(new(PreparationSaidBy: PreparationWord.Teacher))).Code);
    }

    [Fact]
    public void Tries_elsewhere_count_towards_the_limit_and_the_waiting()
    {
        var elsewhere = AttemptHistory.Of([Returned, Works.Started()]);

        Assert.Equal((1, 1, Works.Monday.AddHours(2)), (elsewhere.LastNumber, elsewhere.Used, elsewhere.LastReturnedAt));
        Assert.Equal("attempt.cooling", Refusal(() => Works.Filled().Submit(At(Open.AddHours(-1)) with { Before = elsewhere })).Code);
        Assert.Equal(2, Works.Filled().Submit(At(Open) with { Before = elsewhere }).LastAttempt!.Number);
        Assert.Equal("attempt.limit-reached", Refusal(() => Works.Filled().Submit(At(Open) with { Before = elsewhere with { Used = 2 } })).Code);
    }

    [Fact]
    public void A_renewal_begins_the_count_anew_and_goes_on_with_the_numbers()
    {
        var earned = Works.TurnedIn().Decide(Works.Badge, 1, Works.Approval());

        var history = AttemptHistory.Of([earned]);

        Assert.Equal((1, 0, (DateTimeOffset?)null), (history.LastNumber, history.Used, history.LastReturnedAt));
    }

    [Fact]
    public void A_corrected_return_makes_a_plan_of_its_own_and_the_first_stays()
    {
        var planned = Returned.Planned(Works.Monday.AddHours(3));
        var corrected = planned.Correct(Works.Badge, 1, Works.Return("Rather the taps.", "decision-c") with { Corrects = "decision-r", CorrectionReason = "Wrong sheet." });

        Assert.Equal(2, corrected.Plans.Length);
        Assert.Equal("Practice it on Thursday.", corrected.Plans[0].Steps[0].Action);
        Assert.Null(corrected.CurrentPlan!.Steps[0].Action);
    }

    [Fact]
    public void A_plan_speaks_of_the_skills_judged_too_low_or_else_of_those_not_judged()
    {
        Assert.Equal(["filing"], Returned.CurrentPlan!.Steps.Select(step => step.CompetencyId));
        Assert.Equal("Rounded edges.", Returned.CurrentPlan.Steps[0].Missing);
        var notJudged = Works.TurnedIn().Decide(Works.Badge, 1, Works.Return() with { Ratings = [new("filing", "proficient", null)] });
        Assert.Equal(["drilling", "tapping", "measuring"], notJudged.CurrentPlan!.Steps.Select(step => step.CompetencyId));
    }

    [Fact]
    public void A_plan_of_an_earlier_try_is_closed()
    {
        var second = Returned.Planned(Works.Monday.AddDays(1)).Submit(Works.TurningIn(Works.Monday.AddDays(1))).Decide(Works.Badge, 2, Works.Return(id: "decision-2"));

        Assert.Equal("plan.closed", Refusal(() => second.TouchPlan(1, [], null, Works.Monday)).Code);
        Assert.Equal("plan.not-found", Refusal(() => second.TouchPlan(7, [], null, Works.Monday)).Code);
        Assert.Equal("plan.unknown-skill", Refusal(() => second.TouchPlan(2, [new("singing", null) { Action = "Sing." }], null, Works.Monday)).Code);
        Assert.Equal("plan.action", Refusal(() => second.TouchPlan(2, [new("filing", null) { Action = " " }], null, Works.Monday)).Code);
    }

    [Fact]
    public void Stop_points_wait_for_a_nod_but_not_for_who_tested_out()
    {
        var badge = Works.Badge with { Checkpoints = [new("safety", "Safety check", "Goggles on.")], Assessments = [new("pre-test", "Pre-test", "On paper.", 20)] };
        var result = AssessmentResult.Of(badge, "pre-test", 20, new(2026, 11, 13), new(2026, 11, 16));
        var tested = badge.Competencies.Aggregate(Works.Started(), (work, skill) => work.AddEvidence(skill.Id, EvidenceItem.OfAssessment($"a-{skill.Id}", result, Works.Monday), Works.Monday));

        Assert.Equal("submission.checkpoint-open", Refusal(() => Works.Filled().Submit(new(badge, Works.Monday))).Code);
        Assert.Equal(SubmissionState.Submitted, Works.Filled().NodAt(badge, "safety", Works.Teacher.Person, null, Works.Monday).Submit(new(badge, Works.Monday)).State);
        Assert.Equal(SubmissionState.Submitted, tested.Submit(new(badge, Works.Monday)).State);
        Assert.Equal("checkpoint.own", Refusal(() => Works.Filled().NodAt(badge, "safety", Works.Learner, null, Works.Monday)).Code);
        Assert.Equal("checkpoint.not-found", Refusal(() => Works.Filled().NodAt(badge, "no-such", Works.Teacher.Person, null, Works.Monday)).Code);
    }

    [Fact]
    public void Badges_that_come_before_are_held_before()
    {
        var badge = Works.Badge with { Prerequisites = ["shop-safety"] };

        var refusal = Refusal(() => Works.Filled().Submit(new(badge, Works.Monday)));
        Assert.Equal("submission.prerequisite-missing", refusal.Code);
        Assert.Contains("shop-safety", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(SubmissionState.Submitted, Works.Filled().Submit(new(badge, Works.Monday) { Earned = ["shop-safety"] }).State);
    }

    [Fact]
    public void A_certificate_is_good_to_the_end_of_its_last_day()
    {
        var certified = Works.Filled().AddEvidence("filing", EvidenceItem.OfCertificate("c", "Card", new("36-1", "Trainer", new(2026, 11, 16)), Works.Monday), Works.Monday);

        Assert.Equal(SubmissionState.Submitted, certified.Submit(Works.TurningIn(Works.Monday)).State);
        var refusal = Refusal(() => certified.Submit(Works.TurningIn(Works.Monday) with { Today = new(2026, 11, 17) }));
        Assert.Equal("evidence.certificate-expired", refusal.Code);
        Assert.Contains("2026-11-16", refusal.Message, StringComparison.Ordinal);
    }

    private static RefusedException Refusal(Func<object> act) => Assert.Throws<RefusedException>(act);
}
