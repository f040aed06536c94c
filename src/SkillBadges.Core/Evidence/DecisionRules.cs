using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence;

/// <summary>What a decision must hold, whoever makes it.</summary>
public static class DecisionRules
{
    /// <exception cref="RefusedException">
    /// <c>decision.outcome</c>, <c>definition.unknown-competency</c>, <c>scale.unknown-level</c>, <c>decision.rated-twice</c>, <c>decision.level-too-low</c> (approved
    /// below the required level), <c>decision.level-missing</c>, <c>decision.comment</c>, <c>decision.say-what-is-missing</c>.
    /// </exception>
    public static void Require(BadgeDefinition badge, Decision decision)
    {
        if (decision.Outcome is not (DecisionOutcome.Approved or DecisionOutcome.Returned))
        {
            throw Refused.Invalid("decision.outcome", "A decision approves or returns. One that was a slip is undone by its own request.");
        }

        if (decision.Ratings.Select(rating => rating.CompetencyId).Distinct(StringComparer.Ordinal).Count() != decision.Ratings.Length)
        {
            throw Refused.Invalid("decision.rated-twice", "A skill gets one level in a decision.");
        }

        foreach (var rating in decision.Ratings)
        {
            badge.Competency(rating.CompetencyId);
            badge.Scale.Level(rating.Level);
            DisplayText.Optional(rating.Comment, Decision.MaxCommentLength, "decision.comment");
        }

        DisplayText.Optional(decision.Comment, Decision.MaxCommentLength, "decision.comment");
        if (decision.Outcome == DecisionOutcome.Approved)
        {
            RequireEveryLevel(badge, decision);
        }
        else if (string.IsNullOrWhiteSpace(decision.Comment))
        {
            throw Refused.Invalid("decision.say-what-is-missing", "Please tell the learner what is missing.");
        }
    }

    private static void RequireEveryLevel(BadgeDefinition badge, Decision decision)
    {
        foreach (var competency in badge.Competencies)
        {
            var rating = decision.Ratings.FirstOrDefault(given => given.CompetencyId == competency.Id)
                ?? throw Refused.Invalid("decision.level-missing", $"The skill {competency.Name} has no level.");
            if (!badge.Satisfies(competency.Id, rating.Level))
            {
                throw Refused.Invalid(
                    "decision.level-too-low",
                    $"The badge asks for {badge.Scale.Level(competency.RequiredLevel).Label} in {competency.Name}; please return the work instead, saying what is missing.");
            }
        }
    }
}
