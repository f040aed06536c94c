using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence;

// What assessors decide on the last attempt.
public sealed partial record Submission
{
    /// <summary>The decision about the last attempt. <paramref name="attempt"/> is the one that the assessor looked at.</summary>
    /// <exception cref="RefusedException">
    /// <c>submission.already-decided</c>, <c>submission.not-submitted</c>, <c>submission.attempt-stale</c>, <c>decision.own-work</c>,
    /// and those of <see cref="DecisionRules.Require"/>.
    /// </exception>
    public Submission Decide(BadgeDefinition badge, int attempt, Decision decision)
    {
        if (State == SubmissionState.Approved || (State == SubmissionState.Draft && LastAttempt?.Number == attempt))
        {
            throw Refused.Conflict("submission.already-decided", "This has been decided already; nothing was changed.");
        }

        if (State != SubmissionState.Submitted)
        {
            throw Refused.Conflict("submission.not-submitted", "The learner has not turned this in.");
        }

        RequireAttempt(attempt);
        RequireOthersWork(decision.Assessor);
        DecisionRules.Require(badge, decision);
        return WithDecision(badge, decision);
    }

    /// <summary>A supervisor's word where the badge needs a teacher's too; the work stays in the teacher's queue.</summary>
    /// <exception cref="RefusedException"><c>submission.not-submitted</c>, <c>submission.attempt-stale</c>, <c>submission.already-decided</c>, <c>decision.own-work</c>.</exception>
    public Submission CoSign(BadgeDefinition badge, int attempt, Decision decision)
    {
        if (State != SubmissionState.Submitted)
        {
            throw Refused.Conflict("submission.not-submitted", "The learner has not turned this in.");
        }

        RequireAttempt(attempt);
        RequireOthersWork(decision.Assessor);
        DecisionRules.Require(badge, decision);
        if (LastAttempt!.CoSignature is not null)
        {
            throw Refused.Conflict("submission.already-decided", "A supervisor has signed this already; a teacher's sign-off is what is missing.");
        }

        return this with { Attempts = Attempts.SetItem(Attempts.Length - 1, LastAttempt with { CoSignature = decision }), UpdatedAt = decision.DecidedAt };
    }

    /// <summary>Takes the place of the standing decision of the last attempt, with a reason. Nothing earlier is removed.</summary>
    /// <exception cref="RefusedException"><c>decision.nothing-to-correct</c>, <c>submission.attempt-stale</c>, <c>decision.own-work</c>, <c>decision.reason</c>, and those of <see cref="DecisionRules.Require"/>.</exception>
    public Submission Correct(BadgeDefinition badge, int attempt, Decision correction)
    {
        if (State == SubmissionState.Submitted || LastAttempt?.Standing is not { } standing || correction.Corrects != standing.Id)
        {
            throw Refused.Conflict("decision.nothing-to-correct", "Only the standing decision of the last try can be corrected, before the work is turned in again.");
        }

        RequireAttempt(attempt);
        RequireOthersWork(correction.Assessor);
        DisplayText.Require(correction.CorrectionReason, Decision.MaxCommentLength, "decision.reason");
        DecisionRules.Require(badge, correction);
        return WithDecision(badge, correction);
    }

    internal Submission WithDecision(BadgeDefinition badge, Decision decision) => this with
    {
        State = decision.Outcome == DecisionOutcome.Approved ? SubmissionState.Approved : SubmissionState.Draft,
        Plans = decision.Outcome == DecisionOutcome.Returned ? Plans.Add(ImprovementPlan.After(badge, LastAttempt!.Number, decision)) : Plans,
        Attempts = Attempts.SetItem(Attempts.Length - 1, LastAttempt! with { Decisions = LastAttempt.Decisions.Add(decision) }),
        UpdatedAt = decision.DecidedAt,
        TakenBackAt = null,
    };

    private void RequireAttempt(int attempt)
    {
        if (LastAttempt?.Number != attempt)
        {
            throw Refused.Conflict("submission.attempt-stale", "There is a newer try than the one you looked at; please look again.");
        }
    }

    private void RequireOthersWork(Assessor assessor)
    {
        if (assessor.Person == Learner)
        {
            throw Refused.Forbidden("decision.own-work", "Nobody decides on their own work.");
        }
    }
}
