using System.Collections.Immutable;
using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence;

/// <summary>What the ratings of an attempt come to so far.</summary>
public enum RatersState
{
    /// <summary>Somebody has still to rate without seeing what is there.</summary>
    Waiting,

    /// <summary>The two differ about whether a level was reached; they talk and rate again.</summary>
    Talk,

    /// <summary>The two differ; a third rates.</summary>
    ThirdRater,

    Approved,

    Returned,
}

/// <summary>
/// Two people rate independently. A badge is earned when both find every required level reached, and the lower of their levels stands. Where they
/// differ about that, neither simply wins: a third rates and the middle level stands, or the two talk and rate again until they agree.
/// </summary>
public static class RaterRules
{
    private const int MaxRounds = 10;

    public static RatersState StateOf(BadgeDefinition badge, ImmutableArray<Decision> ratings)
    {
        var counted = Counted(badge, ratings);
        if (counted.IsEmpty)
        {
            return RatersState.Waiting;
        }

        var reached = badge.Competencies.Select(competency => counted.Count(rating => badge.Satisfies(competency.Id, LevelIn(rating, competency)))).ToList();
        if (counted.Length == 2 && reached.Any(count => count == 1))
        {
            return badge.Review.Raters == RaterDisagreement.Talk ? RatersState.Talk : RatersState.ThirdRater;
        }

        return reached.All(count => count >= 2) ? RatersState.Approved : RatersState.Returned;
    }

    /// <summary>Whether the two have to rate again, and now see each other's ratings.</summary>
    public static bool IsOpenAgain(BadgeDefinition badge, Attempt attempt) =>
        badge.Review.Raters == RaterDisagreement.Talk && attempt.Ratings.Length >= 2 && !Round(attempt.Ratings).Any() && StateOf(badge, attempt.Ratings) == RatersState.Talk;

    /// <summary>One rating of the last attempt; with the decision it completes, if it does.</summary>
    /// <param name="submission">Turned in.</param>
    /// <param name="badge">Asks for two raters.</param>
    /// <param name="attempt">The one that the rater looked at.</param>
    /// <param name="rating">Levels for every competency; approving only where all are reached.</param>
    /// <param name="settlementId">The id of the decision, should this rating complete it.</param>
    /// <exception cref="RefusedException">
    /// <c>submission.not-submitted</c>, <c>submission.attempt-stale</c>, <c>submission.already-decided</c>, <c>decision.own-work</c>, <c>rating.other-capacity</c>,
    /// <c>rating.talk-first</c>, <c>rating.contradicts-itself</c>, <c>rating.too-many-rounds</c>, and those of <see cref="DecisionRules.Require"/>.
    /// </exception>
    public static (Submission Submission, Decision? Settled) Rate(Submission submission, BadgeDefinition badge, int attempt, Decision rating, string settlementId)
    {
        var last = RequireWaiting(submission, attempt, rating);
        RequireWhole(badge, rating);
        RequireTurn(badge, last, rating);
        var rated = last with { Ratings = last.Ratings.Add(rating) };
        var state = StateOf(badge, rated.Ratings);
        var settled = state is RatersState.Approved or RatersState.Returned && !IsAwaited(badge, rated.Ratings) ? Settle(badge, rated.Ratings, state, settlementId) : null;
        var next = submission with { Attempts = submission.Attempts.SetItem(submission.Attempts.Length - 1, rated), UpdatedAt = rating.DecidedAt };
        return (settled is null ? next : next.WithDecision(badge, settled), settled);
    }

    /// <summary>Whether this is a rating to which no second has come yet: who gave it may take it back, as one person's decision is undone.</summary>
    public static bool IsAlone(Submission submission, string ratingId) => submission.State == SubmissionState.Submitted && submission.LastAttempt is { Ratings: [var only] } && only.Id == ratingId;

    /// <summary>The work as it waits for both raters again. What was rated is kept aside and counts for nothing.</summary>
    /// <param name="submission">With one rating of its last attempt (<see cref="IsAlone"/>).</param>
    /// <param name="undo">By the same person.</param>
    /// <param name="window">How long after a rating it can be taken back.</param>
    /// <exception cref="RefusedException"><c>decision.not-yours</c>, <c>decision.undo-too-late</c>.</exception>
    public static Submission TakeBack(Submission submission, Decision undo, TimeSpan window)
    {
        var attempt = submission.LastAttempt!;
        var rating = attempt.Ratings.Single();
        DecisionUndo.RequireOwnInTime(rating, undo, window);
        var without = attempt with { Ratings = [], TakenBack = [.. attempt.TakenBack, rating, undo] };
        return submission with { Attempts = submission.Attempts.SetItem(submission.Attempts.Length - 1, without), UpdatedAt = undo.DecidedAt };
    }

    /// <summary>The ratings that a reader may see: all once they count, and always one's own.</summary>
    public static Attempt SeenBy(BadgeDefinition badge, Attempt attempt, Organizations.PersonId reader)
    {
        if (badge.Review.Raters is null)
        {
            return attempt;
        }

        // Of an unfinished first pair, or while a third is awaited, each sees their own. A talk is open, so its rounds are.
        var open = attempt.Decisions.Length > 0 || (badge.Review.Raters == RaterDisagreement.Talk && attempt.Ratings.Length >= 2);
        return open ? attempt : attempt with { Ratings = attempt.Ratings.RemoveAll(rating => rating.Assessor.Person != reader) };
    }

    // The ratings that are compared: the last full pair, or all three.
    private static ImmutableArray<Decision> Counted(BadgeDefinition badge, ImmutableArray<Decision> ratings) => badge.Review.Raters == RaterDisagreement.Talk
        ? ratings.Length < 2 ? [] : ratings[(ratings.Length / 2 * 2 - 2)..(ratings.Length / 2 * 2)]
        : ratings.Length < 2 ? [] : ratings;

    private static ImmutableArray<Decision> Round(ImmutableArray<Decision> ratings) => ratings[(ratings.Length / 2 * 2)..];

    private static bool IsAwaited(BadgeDefinition badge, ImmutableArray<Decision> ratings) => badge.Review.Raters == RaterDisagreement.Talk && Round(ratings).Length > 0;

    private static Attempt RequireWaiting(Submission submission, int attempt, Decision rating)
    {
        if (submission.State != SubmissionState.Submitted)
        {
            throw submission.LastAttempt?.Number == attempt
                ? Refused.Conflict("submission.already-decided", "This has been decided already; nothing was changed.")
                : Refused.Conflict("submission.not-submitted", "The learner has not turned this in.");
        }

        if (submission.LastAttempt!.Number != attempt)
        {
            throw Refused.Conflict("submission.attempt-stale", "There is a newer try than the one you looked at; please look again.");
        }

        return rating.Assessor.Person != submission.Learner && rating.Assessor.For != submission.Learner
            ? submission.LastAttempt
            : throw Refused.Forbidden("decision.own-work", "Nobody decides on their own work.");
    }

    private static void RequireWhole(BadgeDefinition badge, Decision rating)
    {
        DecisionRules.Require(badge, rating);
        if (badge.Competencies.FirstOrDefault(competency => rating.Ratings.All(given => given.CompetencyId != competency.Id)) is { } missing)
        {
            throw Refused.Invalid("decision.level-missing", $"The skill {missing.Name} has no level; two raters are compared skill by skill.");
        }

        if (rating.Outcome == DecisionOutcome.Returned && badge.Competencies.All(competency => badge.Satisfies(competency.Id, LevelIn(rating, competency))))
        {
            throw Refused.Invalid("rating.contradicts-itself", "Every level is what the badge asks for, so there is nothing to return; please rate what is not reached.");
        }
    }

    private static void RequireTurn(BadgeDefinition badge, Attempt attempt, Decision rating)
    {
        var isTalk = badge.Review.Raters == RaterDisagreement.Talk;
        var raters = attempt.Ratings.Select(known => known.Assessor.Person).ToHashSet();
        if ((isTalk && attempt.Ratings.Length >= 2 ? Round(attempt.Ratings) : attempt.Ratings).Any(known => known.Assessor.Person == rating.Assessor.Person))
        {
            throw Refused.Conflict("submission.already-decided", "You have rated this; the other's rating is what is missing.");
        }

        if (attempt.Ratings.Length == 1 && badge.Review.Roles.Length > 1 && attempt.Ratings[0].Assessor.Capacity == rating.Assessor.Capacity)
        {
            throw Refused.Forbidden("rating.other-capacity", "One of the two raters is from the workplace and one from the school; yours is in already.");
        }

        if (isTalk && attempt.Ratings.Length >= 2 && !raters.Contains(rating.Assessor.Person))
        {
            throw Refused.Forbidden("rating.talk-first", "The two who differ talk and rate again; nobody else does.");
        }

        if (attempt.Ratings.Length >= MaxRounds * 2)
        {
            throw Refused.Conflict("rating.too-many-rounds", "The raters have not agreed in ten rounds. Please let the office return the work.");
        }
    }

    private static Decision Settle(BadgeDefinition badge, ImmutableArray<Decision> ratings, RatersState state, string id)
    {
        var counted = Counted(badge, ratings);
        return ratings[^1] with
        {
            Id = id,
            Outcome = state == RatersState.Approved ? DecisionOutcome.Approved : DecisionOutcome.Returned,
            Ratings = [.. badge.Competencies.Select(competency => Middle(badge, [.. counted.Select(rating => rating.Ratings.First(given => given.CompetencyId == competency.Id))]))],
            Comment = string.Join('\n', counted.Select(rating => rating.Comment).OfType<string>()) is { Length: > 0 } comments ? comments[..Math.Min(comments.Length, Decision.MaxCommentLength)] : null,
            RestsOn = [.. counted.Select(rating => rating.Id)],
        };
    }

    // The lower of two, the middle of three.
    private static CompetencyRating Middle(BadgeDefinition badge, ImmutableArray<CompetencyRating> levels) =>
        levels.OrderBy(given => badge.Scale.Level(given.Level).Ordinal).ElementAt((levels.Length - 1) / 2);

    private static string LevelIn(Decision rating, Competency competency) => rating.Ratings.First(given => given.CompetencyId == competency.Id).Level;
}
