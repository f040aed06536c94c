namespace SkillBadges.Core.Evidence;

/// <summary>A wrong tap is human: who decided takes it back before the badge is signed. The decision stays where it is, and another says that it was undone.</summary>
public static class DecisionUndo
{
    public const string Reason = "Undone within the time that the school allows.";

    /// <summary>The work as it waits again.</summary>
    /// <param name="submission">Decided.</param>
    /// <param name="decisionId">The standing decision of its last attempt.</param>
    /// <param name="undo">By the same person.</param>
    /// <param name="window">How long after a decision it can be undone.</param>
    /// <exception cref="RefusedException">
    /// <c>decision.nothing-to-undo</c>, <c>decision.not-yours</c>, <c>decision.needs-two-raters</c>, <c>decision.undo-too-late</c>, <c>decision.undo-overtaken</c>.
    /// </exception>
    public static Submission Undo(Submission submission, string decisionId, Decision undo, TimeSpan window)
    {
        var standing = submission.LastAttempt?.Standing;
        if (standing is null || standing.Id != decisionId || standing.Outcome == DecisionOutcome.Undone || standing.Corrects is not null)
        {
            throw Refused.Conflict("decision.nothing-to-undo", "Only the latest decision on the last try can be undone; what was corrected is corrected again.");
        }

        if (standing.RestsOn is not null && standing.Assessor.Person == undo.Assessor.Person)
        {
            throw Refused.Conflict("decision.needs-two-raters", "What rests on several people's ratings or observations is not one person's to undo. A correction takes it back.");
        }

        RequireOwnInTime(standing, undo, window);
        if (submission.UpdatedAt != standing.DecidedAt)
        {
            throw Refused.Conflict("decision.undo-overtaken", "The learner has gone on working since; please correct the decision, or decide on the next try.");
        }

        return submission with
        {
            State = SubmissionState.Submitted,
            Attempts = submission.Attempts.SetItem(submission.Attempts.Length - 1, submission.LastAttempt! with { Decisions = submission.LastAttempt.Decisions.Add(undo) }),
            UpdatedAt = undo.DecidedAt,
        };
    }

    /// <summary>Whether this is a supervisor's word on work that still waits for a teacher's.</summary>
    public static bool IsCoSignature(Submission submission, string decisionId) => submission.State == SubmissionState.Submitted && submission.LastAttempt?.CoSignature?.Id == decisionId;

    /// <summary>The work as it waits for both again. What was signed is kept aside and counts for nothing.</summary>
    /// <param name="submission">Co-signed (<see cref="IsCoSignature"/>).</param>
    /// <param name="undo">By the same person.</param>
    /// <param name="window">How long after signing it can be taken back.</param>
    /// <exception cref="RefusedException"><c>decision.not-yours</c>, <c>decision.undo-too-late</c>.</exception>
    public static Submission TakeBack(Submission submission, Decision undo, TimeSpan window)
    {
        var attempt = submission.LastAttempt!;
        var signed = attempt.CoSignature!;
        RequireOwnInTime(signed, undo, window);
        return submission with
        {
            Attempts = submission.Attempts.SetItem(submission.Attempts.Length - 1, attempt with { CoSignature = null, TakenBack = [.. attempt.TakenBack, signed, undo] }),
            UpdatedAt = undo.DecidedAt,
        };
    }

    /// <exception cref="RefusedException"><c>decision.not-yours</c>, <c>decision.undo-too-late</c>.</exception>
    internal static void RequireOwnInTime(Decision made, Decision undo, TimeSpan window)
    {
        if (made.Assessor.Person != undo.Assessor.Person)
        {
            throw Refused.Forbidden("decision.not-yours", "Who decided undoes it; somebody else corrects it, with a reason.");
        }

        if (undo.DecidedAt >= made.DecidedAt + window)
        {
            throw Refused.Conflict("decision.undo-too-late", "The time for undoing is over. A correction, with a reason, takes the place of the decision.");
        }
    }
}
