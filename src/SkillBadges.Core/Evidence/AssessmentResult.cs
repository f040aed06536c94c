using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence;

/// <summary>What a learner reached in an assessment of the badge. It sets no level; an assessor looks at it.</summary>
public sealed record AssessmentResult(string AssessmentId, string Name, int Score, int MaxScore, DateOnly TakenOn)
{
    /// <exception cref="RefusedException"><c>evidence.unknown-assessment</c>, <c>evidence.assessment</c>.</exception>
    public static AssessmentResult Of(BadgeDefinition badge, string assessmentId, int score, DateOnly takenOn, DateOnly today)
    {
        var assessment = badge.Assessments.FirstOrDefault(known => known.Id == assessmentId)
            ?? throw Refused.Invalid("evidence.unknown-assessment", "The badge has no such assessment.");
        return score >= 0 && score <= assessment.MaxScore && takenOn <= today
            ? new(assessment.Id, assessment.Name, score, assessment.MaxScore, takenOn)
            : throw Refused.Invalid("evidence.assessment", $"A score is 0 to {assessment.MaxScore}, of a day that has been.");
    }
}
