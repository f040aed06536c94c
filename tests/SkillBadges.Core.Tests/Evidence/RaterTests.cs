using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence;

/// <summary>Two rate, neither seeing the other's levels, and what comes of it.</summary>
public sealed class RaterTests
{
    private static readonly Assessor Supervisor = new(PersonId.From("supervisor-1"), Role.Supervisor, OrganizationId.From("forge"), AssessorRelation.SupervisesThePlacement);

    private static readonly Assessor Other = Works.Teacher with { Person = PersonId.From("teacher-2") };

    private static readonly BadgeDefinition Talked = Asking(RaterDisagreement.Talk, ReviewerRole.Teacher, ReviewerRole.Supervisor);

    private static readonly BadgeDefinition Third = Asking(RaterDisagreement.ThirdRater, ReviewerRole.Teacher);

    // Levels of the first skill as two raters give them, what the badge asks for being proficient, and what comes of it.
    [Theory]
    [InlineData("proficient", "advanced", RatersState.Approved, "proficient")]
    [InlineData("advanced", "advanced", RatersState.Approved, "advanced")]
    [InlineData("developing", "beginning", RatersState.Returned, "beginning")]
    [InlineData("developing", "proficient", RatersState.Talk, null)]
    [InlineData("advanced", "developing", RatersState.Talk, null)]
    public void Both_have_to_find_the_level_reached_and_the_lower_one_stands(string first, string second, RatersState state, string? level)
    {
        var (waiting, none) = Rate(Works.TurnedIn(), Talked, Works.Teacher, first, "r-1");
        Assert.Null(none);
        Assert.Equal((SubmissionState.Submitted, RatersState.Waiting), (waiting.State, RaterRules.StateOf(Talked, waiting.LastAttempt!.Ratings)));

        var (both, settled) = Rate(waiting, Talked, Supervisor, second, "r-2");

        Assert.Equal(state, RaterRules.StateOf(Talked, both.LastAttempt!.Ratings));
        Assert.Equal(level, settled?.Ratings.First(rating => rating.CompetencyId == "filing").Level);
        Assert.Equal(level is null ? null : ["r-1", "r-2"], settled?.RestsOn?.AsEnumerable());
    }

    [Fact]
    public void Who_differ_talk_and_rate_again_until_they_agree_and_the_first_ratings_stay()
    {
        var differing = Rate(Rate(Works.TurnedIn(), Talked, Works.Teacher, "developing", "r-1").Submission, Talked, Supervisor, "proficient", "r-2").Submission;
        AssertRefused("rating.talk-first", () => Rate(differing, Talked, Other, "proficient", "r-x"));
        var once = Rate(differing, Talked, Supervisor, "proficient", "r-3").Submission;
        AssertRefused("submission.already-decided", () => Rate(once, Talked, Supervisor, "proficient", "r-y"));

        var (agreed, settled) = Rate(once, Talked, Works.Teacher, "proficient", "r-4");

        Assert.Equal((SubmissionState.Approved, 4), (agreed.State, agreed.LastAttempt!.Ratings.Length));
        Assert.Equal(["r-3", "r-4"], settled!.RestsOn!.Value.AsEnumerable());
    }

    [Theory]
    [InlineData("beginning", DecisionOutcome.Returned, "developing")]
    [InlineData("proficient", DecisionOutcome.Approved, "proficient")]
    [InlineData("advanced", DecisionOutcome.Approved, "advanced")]
    public void A_third_settles_it_and_the_middle_level_stands(string third, DecisionOutcome outcome, string level)
    {
        var differing = Rate(Rate(Works.TurnedIn(), Third, Works.Teacher, "developing", "r-1").Submission, Third, Other, "advanced", "r-2").Submission;
        Assert.Equal(RatersState.ThirdRater, RaterRules.StateOf(Third, differing.LastAttempt!.Ratings));
        AssertRefused("submission.already-decided", () => Rate(differing, Third, Other, "advanced", "r-x"));

        var settled = Rate(differing, Third, Works.Teacher with { Person = PersonId.From("teacher-3") }, third, "r-3").Settled!;

        Assert.Equal((outcome, level), (settled.Outcome, settled.Ratings.First(rating => rating.CompetencyId == "filing").Level));
    }

    [Fact]
    public void One_rater_is_from_the_school_and_one_from_the_workplace() => AssertRefused(
        "rating.other-capacity", () => Rate(Rate(Works.TurnedIn(), Talked, Works.Teacher, "proficient", "r-1").Submission, Talked, Other, "proficient", "r-2"));

    [Fact]
    public void A_rating_is_whole_and_means_what_it_says()
    {
        AssertRefused("decision.level-missing", () => RaterRules.Rate(Works.TurnedIn(), Talked, 1, Works.Return() with { Ratings = [new("filing", "developing", null)] }, "d"));
        AssertRefused("rating.contradicts-itself", () => RaterRules.Rate(Works.TurnedIn(), Talked, 1, Works.Approval() with { Outcome = DecisionOutcome.Returned, Comment = "No." }, "d"));
    }

    [Fact]
    public void Nobody_sees_anothers_rating_before_both_are_in()
    {
        var waiting = Rate(Works.TurnedIn(), Talked, Works.Teacher, "developing", "r-1").Submission.LastAttempt!;
        Assert.Single(RaterRules.SeenBy(Talked, waiting, Works.Teacher.Person).Ratings);
        Assert.Empty(RaterRules.SeenBy(Talked, waiting, Supervisor.Person).Ratings);
        Assert.Empty(RaterRules.SeenBy(Talked, waiting, Works.Learner).Ratings);

        var differing = Rate(Rate(Works.TurnedIn(), Third, Works.Teacher, "developing", "r-1").Submission, Third, Other, "advanced", "r-2").Submission.LastAttempt!;
        Assert.Empty(RaterRules.SeenBy(Third, differing, PersonId.From("teacher-3")).Ratings);
    }

    private static BadgeDefinition Asking(RaterDisagreement disagreement, params ReviewerRole[] roles) => Works.Badge with
    {
        Review = new([.. roles], roles.Length > 1 ? SupervisorMode.CoSign : SupervisorMode.NotAllowed) { Raters = disagreement },
    };

    // All skills at the level that is asked for, but the first.
    private static (Submission Submission, Decision? Settled) Rate(Submission work, BadgeDefinition badge, Assessor by, string first, string id)
    {
        var reached = badge.Satisfies("filing", first);
        return RaterRules.Rate(work, badge, 1, Works.Approval(by: by) with
        {
            Id = id,
            Outcome = reached ? DecisionOutcome.Approved : DecisionOutcome.Returned,
            Comment = reached ? null : "Not yet.",
            Ratings = [new("filing", first, null), .. badge.Competencies.Skip(1).Select(skill => new CompetencyRating(skill.Id, "proficient", null))],
        }, $"settled-by-{id}");
    }

    private static void AssertRefused(string code, Func<object> act) => Assert.Equal(code, Assert.Throws<RefusedException>(act).Code);
}
