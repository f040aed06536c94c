using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;

namespace SkillBadges.Core.Review;

/// <summary>What an assessor asks to be decided about one attempt.</summary>
/// <param name="Attempt">The attempt that the assessor looked at.</param>
/// <param name="Ratings">On approval, a skill that is not named gets the level that the badge asks for, so that approving complete work takes one step.</param>
/// <param name="Comment">To the learner; when returned, what is missing.</param>
public sealed record DecisionRequest(int Attempt, DecisionOutcome Outcome, ImmutableArray<CompetencyRating> Ratings, string? Comment)
{
    /// <summary>How many decisions came in the same request.</summary>
    public int Together { get; init; } = 1;

    /// <summary>The decision that this comes to when who is assigned makes it now.</summary>
    /// <exception cref="RefusedException"><c>decision.comment</c>.</exception>
    public Decision Compose(BadgeDefinition badge, Assignment assignment, DateTimeOffset at) => new()
    {
        Id = NewId.Ordered(at),
        Outcome = Outcome,
        Ratings = Outcome == DecisionOutcome.Approved ? [.. Ratings, .. RequiredLevels(badge)] : Ratings,
        Assessor = assignment.Assessor,
        Context = assignment.Context,
        DecidedAt = at,
        Comment = DisplayText.Optional(Comment, Decision.MaxCommentLength, "decision.comment"),
    };

    private IEnumerable<CompetencyRating> RequiredLevels(BadgeDefinition badge) => badge.Competencies
        .Where(competency => Ratings.All(rating => rating.CompetencyId != competency.Id))
        .Select(competency => new CompetencyRating(competency.Id, competency.RequiredLevel, null));
}

/// <summary>A decision that is recorded, and the badge it earned.</summary>
/// <param name="Award">Null when the work was returned, or when a teacher's sign-off is still missing.</param>
public sealed record DecisionResult(Submission Submission, long Version, Decision Decision, Award? Award);
