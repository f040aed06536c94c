using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>A learner's tries at a badge in other pieces of work, at whichever school, that a policy counts.</summary>
/// <param name="LastNumber">The highest number that a try has had.</param>
/// <param name="Used">How many tries since the badge was last earned: a renewal begins anew.</param>
/// <param name="LastReturnedAt">When a try last came back.</param>
public sealed record AttemptHistory(int LastNumber, int Used, DateTimeOffset? LastReturnedAt)
{
    public static readonly AttemptHistory None = new(0, 0, null);

    public static AttemptHistory Of(IEnumerable<Submission> others)
    {
        var attempts = others.SelectMany(submission => submission.Attempts).OrderBy(attempt => attempt.SubmittedAt).ToList();
        var earned = attempts.FindLastIndex(attempt => attempt.Standing?.Outcome == DecisionOutcome.Approved);
        return new(
            attempts.Select(attempt => attempt.Number).DefaultIfEmpty().Max(),
            attempts.Count - (earned + 1),
            attempts.Select(attempt => attempt.ReturnedAt).Max());
    }

    /// <summary>The next instant at which a try may be made, or null when it may be made at any.</summary>
    public DateTimeOffset? OpensAt(AttemptPolicy policy, DateTimeOffset? returnedAt) =>
        policy.CoolingDays is { } days && (returnedAt > LastReturnedAt || LastReturnedAt is null ? returnedAt : LastReturnedAt) is { } last ? last.AddDays(days) : null;
}
