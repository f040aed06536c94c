using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Tests.Definitions;

namespace SkillBadges.Core.Tests.Evidence;

/// <summary>Work that the tests of evidence hand in and decide on.</summary>
internal static class Works
{
    public static readonly DateTimeOffset Monday = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    public static readonly PersonId Learner = PersonId.From("learner-1");

    public static readonly Assessor Teacher = new(PersonId.From("teacher-1"), Role.Teacher, OrganizationId.From("school-1"), AssessorRelation.TeachesTheClass);

    public static BadgeDefinition Badge { get; } = Badges.Bench().Publish(1);

    public static Submission Started() => Submission.Start(SubmissionId.From("submission-1"), Learner, OrganizationId.From("school-1"), Badge, Monday);

    public static Submission Filled() => Badge.Competencies.Aggregate(Started(), (submission, competency) => submission.AddEvidence(competency.Id, Note(competency.Id), Monday));

    public static Submission TurnedIn() => Filled().Submit(TurningIn(Monday.AddHours(1)));

    public static TurnIn TurningIn(DateTimeOffset at) => new(Badge, at);

    /// <summary>With the learner's side of the plan after a return.</summary>
    public static Submission Planned(this Submission returned, DateTimeOffset at, string? preparation = null) => returned.TouchPlan(
        returned.CurrentPlan?.Attempt ?? 0, [.. (returned.CurrentPlan?.Steps ?? []).Select(step => step with { Action = "Practice it on Thursday." })], preparation, at);

    public static EvidenceItem Note(string id) => EvidenceItem.OfText($"note-{id}", $"Log of {id}", "What I did, step by step.", Monday);

    public static Decision Approval(string level = "proficient", Assessor? by = null) => new()
    {
        Id = "decision-1",
        Outcome = DecisionOutcome.Approved,
        Ratings = [.. Badge.Competencies.Select(competency => new CompetencyRating(competency.Id, level, null))],
        Assessor = by ?? Teacher,
        DecidedAt = Monday.AddHours(2),
    };

    public static Decision Return(string? comment = "The taps are missing.", string id = "decision-r") => new()
    {
        Id = id,
        Outcome = DecisionOutcome.Returned,
        Ratings = [new("filing", "developing", "Rounded edges.")],
        Assessor = Teacher,
        DecidedAt = Monday.AddHours(2),
        Comment = comment,
    };
}
