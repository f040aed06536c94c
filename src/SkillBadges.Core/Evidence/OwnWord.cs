using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>What somebody has said about the last try of some work: whether it waits for another's word, and whether they can take it back still.</summary>
public static class OwnWord
{
    /// <summary>Whether they have said theirs, and the badge needs somebody else's too.</summary>
    /// <param name="badge">Of the work.</param>
    /// <param name="submission">With the ratings of everybody.</param>
    /// <param name="person">Who looks at it.</param>
    public static bool WaitsForAnother(BadgeDefinition badge, Submission submission, PersonId person) =>
        submission is { State: SubmissionState.Submitted, LastAttempt: { } attempt }
        && (attempt.CoSignature?.Assessor.Person == person
            || (attempt.Ratings.Any(rating => rating.Assessor.Person == person) && !RaterRules.IsOpenAgain(badge, attempt)));

    /// <summary>What can be undone by who said it, and has not been overtaken; null when there is nothing.</summary>
    /// <param name="submission">With the ratings of everybody.</param>
    /// <param name="person">Who looks at it.</param>
    /// <param name="at">Now.</param>
    /// <param name="window">How long after a decision it can be undone.</param>
    public static Decision? ToUndo(Submission submission, PersonId person, DateTimeOffset at, TimeSpan window)
    {
        var said = submission switch
        {
            { LastAttempt: null } => null,
            { State: SubmissionState.Submitted, LastAttempt: { Ratings: [var only] } } => only,
            { State: SubmissionState.Submitted, LastAttempt: { } waiting } => waiting.CoSignature,
            { LastAttempt.Standing: { Corrects: null, RestsOn: null } standing } when standing.DecidedAt == submission.UpdatedAt => standing,
            _ => null,
        };
        return said is not null && said.Assessor.Person == person && at < said.DecidedAt + window ? said : null;
    }
}
