using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Tests.Evidence;

/// <summary>What somebody who has judged some work sees of their own word.</summary>
public sealed class OwnWordTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly DateTimeOffset Soon = Works.Monday.AddHours(2).AddMinutes(5);

    private static readonly PersonId Teacher = Works.Teacher.Person;

    private static readonly PersonId Other = PersonId.From("teacher-2");

    private static readonly BadgeDefinition TwoRaters = Works.Badge with { Review = Works.Badge.Review with { Raters = RaterDisagreement.ThirdRater } };

    [Fact]
    public void A_decision_is_theirs_to_undo_within_the_window_alone()
    {
        var decided = Works.TurnedIn().Decide(Works.Badge, 1, Works.Return());

        Assert.Equal("decision-r", OwnWord.ToUndo(decided, Teacher, Soon, Window)?.Id);
        Assert.Null(OwnWord.ToUndo(decided, Other, Soon, Window));
        Assert.Null(OwnWord.ToUndo(decided, Teacher, Works.Monday.AddHours(2) + Window, Window));
        Assert.False(OwnWord.WaitsForAnother(Works.Badge, decided, Teacher));
    }

    [Fact]
    public void What_the_learner_went_on_from_is_nobodys_to_undo() =>
        Assert.Null(OwnWord.ToUndo(Works.TurnedIn().Decide(Works.Badge, 1, Works.Return()).Planned(Soon), Teacher, Soon, Window));

    [Fact]
    public void The_first_of_two_ratings_waits_for_the_other_and_can_be_taken_back_until_it_comes()
    {
        var first = RaterRules.Rate(Works.TurnedIn(), TwoRaters, 1, Works.Approval("developing") with { Id = "r-1", Outcome = DecisionOutcome.Returned, Comment = "Not yet." }, "d").Submission;
        var both = RaterRules.Rate(first, TwoRaters, 1, Works.Approval("proficient", Works.Teacher with { Person = Other }) with { Id = "r-2" }, "d").Submission;

        Assert.True(OwnWord.WaitsForAnother(TwoRaters, first, Teacher));
        Assert.False(OwnWord.WaitsForAnother(TwoRaters, first, Other));
        Assert.Equal("r-1", OwnWord.ToUndo(first, Teacher, Soon, Window)?.Id);
        Assert.True(OwnWord.WaitsForAnother(TwoRaters, both, Teacher));
        Assert.Null(OwnWord.ToUndo(both, Other, Soon, Window));
    }

    [Fact]
    public void A_signature_beside_the_teachers_waits_and_work_that_nobody_judged_does_not()
    {
        var waiting = Works.TurnedIn();
        var signed = waiting with { Attempts = [waiting.LastAttempt! with { CoSignature = Works.Approval() }] };

        Assert.True(OwnWord.WaitsForAnother(Works.Badge, signed, Teacher));
        Assert.Equal("decision-1", OwnWord.ToUndo(signed, Teacher, Soon, Window)?.Id);
        Assert.False(OwnWord.WaitsForAnother(Works.Badge, waiting, Teacher));
        Assert.Null(OwnWord.ToUndo(waiting, Teacher, Soon, Window));
        Assert.Null(OwnWord.ToUndo(Works.Filled(), Teacher, Soon, Window));
    }
}
