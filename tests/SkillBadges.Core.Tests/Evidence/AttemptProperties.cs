using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence;

/// <summary>What holds of a piece of work whatever its learner and its assessors do, and in whatever order.</summary>
public sealed class AttemptProperties
{
    private static readonly string[] skills = [.. Works.Badge.Competencies.Select(competency => competency.Id)];

    private static readonly Gen<Step> steps =
        from deed in Gen.Elements(Enum.GetValues<Deed>())
        from hours in Gen.Frequency((6, Gen.Choose(0, 5)), (3, Gen.Choose(20, 30)), (2, Gen.Choose(40, 60)))
        from skill in Gen.Elements(skills)
        from level in Gen.Elements("beginning", "developing", "proficient", "advanced")
        from context in Gen.Elements(Enum.GetValues<LearningContext>())
        select new Step(deed, hours, skill, level, context);

    private static readonly Arbitrary<History> histories = (
        from limit in Gen.Elements<int?>(null, 1, 2, 4)
        from cooling in Gen.Elements<int?>(null, 1, 2)
        from preparation in Gen.Elements(null, "Practice with the instructor.")
        from taken in steps.ListOf(60)
        select new History(new(limit, cooling, preparation), [.. taken])).ToArbitrary();

    private enum Deed
    {
        AddProof,
        RemoveProof,
        Reflect,
        TurnIn,
        TurnInAgain,
        Return,
        Approve,
        CorrectToReturn,
        CorrectToApproval,
        WritePlan,
        Prepare,
    }

    [Fact]
    public void Every_try_is_kept_and_never_changes() => Holds((before, _, after, _) =>
        after.Attempts.Length >= before.Attempts.Length
        && before.Attempts.Zip(after.Attempts).All(pair =>
            (pair.First.Number, pair.First.SubmittedAt, pair.First.WorkDigest) == (pair.Second.Number, pair.Second.SubmittedAt, pair.Second.WorkDigest)
            && pair.First.Work == pair.Second.Work
            && pair.Second.Decisions.Length >= pair.First.Decisions.Length
            && pair.First.Decisions.Zip(pair.Second.Decisions).All(decisions => decisions.First == decisions.Second)));

    [Fact]
    public void A_level_changes_by_a_decision_or_its_correction_alone() => Holds((before, step, after, _) =>
        Levels(before).SequenceEqual(Levels(after)) || step.Deed is Deed.Return or Deed.Approve or Deed.CorrectToReturn or Deed.CorrectToApproval);

    [Fact]
    public void No_history_passes_the_limit() => Holds((_, _, after, policy) => policy.Limit is null || after.Attempts.Length <= policy.Limit);

    [Fact]
    public void No_try_comes_before_the_waiting_is_over() => Holds((_, _, after, policy) => Pairs(after).All(pair =>
        policy.CoolingDays is not { } days || pair.Next.SubmittedAt >= pair.Returned.ReturnedAt!.Value.AddDays(days)));

    [Fact]
    public void No_try_comes_without_plan_and_preparation() => Holds((_, _, after, policy) => Pairs(after).All(pair =>
        after.Plans.Single(plan => plan.Decision == pair.Returned.Standing!.Id) is { IsTouched: true } plan && (policy.Preparation is null || plan.Preparation is not null)));

    [Fact]
    public void What_was_said_in_an_earlier_plan_stays() => Holds((before, _, after, _) => before.Plans.Length <= after.Plans.Length
        && before.Plans.Where(plan => plan != before.CurrentPlan).All(plan => after.Plans.Any(kept => kept == plan)));

    [Fact]
    public void Numbers_count_up_by_one() => Holds((_, _, after, _) => after.Attempts.Select(attempt => attempt.Number).SequenceEqual(Enumerable.Range(1, after.Attempts.Length)));

    // Without these, the properties above could hold because nothing ever happens.
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Histories_do_reach_further_tries(int tries)
    {
        var reached = 0;
        Prop.ForAll(histories, history =>
        {
            reached += Play(history).Any(moment => moment.After.Attempts.Length >= tries) ? 1 : 0;
        }).Check(Config.Quick.WithMaxTest(1000).WithReplay(7, 11));
        Assert.True(reached >= 10, $"{reached} of 1000 histories.");
    }

    private static void Holds(Func<Submission, Step, Submission, AttemptPolicy, bool> law) =>
        Prop.ForAll(histories, history => Play(history).All(moment => law(moment.Before, moment.Step, moment.After, history.Policy))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    private static IEnumerable<(Submission Before, Step Step, Submission After)> Play(History history)
    {
        var (work, at) = (Works.Filled(), Works.Monday);
        foreach (var (step, number) in history.Steps.Select((step, number) => (step, number)))
        {
            at = at.AddHours(step.Hours);
            var after = work;
            try
            {
                after = Do(work, history.Policy, step, number, at);
            }
            catch (RefusedException)
            {
                // A no leaves everything as it was; the laws are asked about that, too.
            }

            yield return (work, step, after);
            work = after;
        }
    }

    private static Submission Do(Submission work, AttemptPolicy policy, Step step, int number, DateTimeOffset at) => step.Deed switch
    {
        Deed.AddProof => work.AddEvidence(step.Skill, Works.Note($"{number}") with { Context = step.Context }, at),
        Deed.RemoveProof => work.RemoveEvidence(step.Skill, work.Draft.First(draft => draft.CompetencyId == step.Skill).Items.LastOrDefault()?.Id ?? "none", at),
        Deed.Reflect => work.Reflect(Works.Badge, step.Skill, step.Level, "As I see it.", null, at),
        Deed.TurnIn or Deed.TurnInAgain => work.Submit(new(Works.Badge, at) { Policy = policy }),
        Deed.Return => work.Decide(Works.Badge, work.LastAttempt?.Number ?? 0, Decided(Works.Return(id: $"d{number}"), step, at)),
        Deed.Approve => work.Decide(Works.Badge, work.LastAttempt?.Number ?? 0, Works.Approval() with { Id = $"d{number}", DecidedAt = at }),
        Deed.CorrectToReturn => work.Correct(Works.Badge, work.LastAttempt?.Number ?? 0, Correcting(work, Decided(Works.Return(id: $"d{number}"), step, at))),
        Deed.CorrectToApproval => work.Correct(Works.Badge, work.LastAttempt?.Number ?? 0, Correcting(work, Works.Approval() with { Id = $"d{number}", DecidedAt = at })),
        Deed.WritePlan => work.Planned(at),
        Deed.Prepare => work.TouchPlan(work.CurrentPlan?.Attempt ?? 0, [], "An hour on Tuesday.", at),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private static Decision Decided(Decision decision, Step step, DateTimeOffset at) => decision with { DecidedAt = at, Ratings = [new(step.Skill, step.Level, null)] };

    private static Decision Correcting(Submission work, Decision decision) => decision with { Corrects = work.LastAttempt?.Standing?.Id, CorrectionReason = "A mistake." };

    private static IEnumerable<(Attempt Returned, Attempt Next)> Pairs(Submission work) => work.Attempts.Zip(work.Attempts.Skip(1));

    private static IEnumerable<(int, string, string)> Levels(Submission work) =>
        work.Attempts.SelectMany(attempt => attempt.Standing?.Ratings.Select(rating => (attempt.Number, rating.CompetencyId, rating.Level)) ?? []);

    private sealed record Step(Deed Deed, int Hours, string Skill, string Level, LearningContext Context);

    private sealed record History(AttemptPolicy Policy, Step[] Steps);
}
