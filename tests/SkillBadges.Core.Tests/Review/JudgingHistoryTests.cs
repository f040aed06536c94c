using FsCheck;
using FsCheck.Fluent;
using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Tests.Review;

/// <summary>
/// Random histories of roles, classes, pools, placements, colleagues who stand in, licenses, families and declared relations, and of work that is turned in,
/// decided, rated by two, seen and undone, also while something else changes in between; watched by <see cref="JudgingFacts"/>.
/// </summary>
public sealed class JudgingHistoryTests
{
    private static readonly ReviewRule[] rules =
    [
        District.Badge.Review,
        District.Badge.Review with { QualificationCode = "registered-nurse", QualificationNote = "A registered nurse decides." },
        new([ReviewerRole.Teacher], SupervisorMode.NotAllowed) { Raters = RaterDisagreement.ThirdRater },
        District.Badge.Review with { Raters = RaterDisagreement.Talk },
        District.Badge.Review with { Supervisor = SupervisorMode.CoSign },
    ];

    [Fact]
    public void Nobody_decides_without_the_role_the_assignment_and_the_qualification_at_that_instant_and_no_badge_is_earned_twice_by_one_try()
    {
        var reached = new Reached();
        var histories = (from rule in Gen.Choose(0, rules.Length - 1) from steps in Gen.Choose(0, 1_000_000).ListOf(60) select (rule, steps)).ToArbitrary();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(40).WithReplay(20261122, 4711),
            Prop.ForAll(histories, history => PlayAsync(rules[history.rule], [.. history.steps], reached).GetAwaiter().GetResult()));

        Assert.True(reached is { Decided: > 100, Observed: > 100, StoodIn: > 10, Undone: > 10, Raced: > 20, Awarded: > 50, Denied: > 100 }, $"Too little came of it: {reached}.");
    }

    private static async Task PlayAsync(ReviewRule rule, IReadOnlyList<int> steps, Reached reached)
    {
        using var district = await District.OpenAsync();
        if (rule != District.Badge.Review)
        {
            await district.AskAsync(_ => rule);
        }

        await new JudgingHistory(district, rule, reached).PlayAsync(steps);
    }
}
