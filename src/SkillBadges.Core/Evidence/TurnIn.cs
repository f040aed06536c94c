using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>What is looked at when work is turned in, besides the work: the badge, the policy that holds, other tries, own options, badges held.</summary>
/// <param name="Badge">The version that the work is pinned to.</param>
public sealed record TurnIn(BadgeDefinition Badge, DateTimeOffset At)
{
    public AttemptPolicy Policy { get; init; } = AttemptPolicy.Unlimited;

    public AttemptHistory Before { get; init; } = AttemptHistory.None;

    public ImmutableArray<Pitch> Pitches { get; init; } = [];

    /// <summary>Slugs of the badges that the learner has earned and holds: none that was revoked.</summary>
    public ImmutableHashSet<string> Earned { get; init; } = [];

    /// <summary>The day at the school; a certificate is good to the end of its last day.</summary>
    public DateOnly Today { get; init; } = DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>Everything that has to be in place before work is turned in, and each no with when or what.</summary>
    /// <exception cref="RefusedException">
    /// <c>attempt.limit-reached</c>, <c>attempt.cooling</c>, <c>attempt.plan-untouched</c>, <c>attempt.preparation-missing</c>, <c>attempt.preparation-unconfirmed</c>, <c>submission.prerequisite-missing</c>,
    /// <c>submission.checkpoint-open</c>, <c>evidence.certificate-expired</c>, <c>submission.incomplete</c>.
    /// </exception>
    public void Require(Submission submission)
    {
        RequirePolicy(submission);
        if (Badge.Prerequisites.Where(slug => !Earned.Contains(slug)).ToList() is { Count: > 0 } before)
        {
            throw Refused.Conflict("submission.prerequisite-missing", $"These badges come before this one: {string.Join(", ", before)}.");
        }

        var standings = submission.Draft.Select(work => Standing(work)).ToList();
        if (!standings.TrueForAll(standing => standing.IsTestedOut) && Badge.Checkpoints.Where(checkpoint => submission.Nods.All(nod => nod.CheckpointId != checkpoint.Id)).ToList() is { Count: > 0 } open)
        {
            throw Refused.Conflict("submission.checkpoint-open", $"A teacher has to nod first: {string.Join(", ", open.Select(checkpoint => checkpoint.Label))}.");
        }

        foreach (var item in submission.Draft.SelectMany(work => work.Items).Where(item => item.Certificate?.IsExpired(Today) == true))
        {
            throw Refused.Invalid(
                "evidence.certificate-expired",
                $"The certificate \"{item.Title}\" was good to {item.Certificate!.ExpiresOn:yyyy-MM-dd}; please add a current one or take it out.");
        }

        if (standings.Find(standing => !standing.IsComplete) is not null)
        {
            throw Refused.Invalid("submission.incomplete", $"Each skill needs the proof that its board asks for, or the reason for less. Missing: {string.Join("; ", standings.Where(standing => !standing.IsComplete).Select(Short))}.");
        }
    }

    public BoardStanding Standing(CompetencyWork work) => ChoiceBoard.Of(Badge, work.CompetencyId, Pitches).Standing(work);

    private void RequirePolicy(Submission submission)
    {
        if (Policy.Limit is { } limit && Before.Used + submission.Attempts.Length >= limit)
        {
            throw Refused.Conflict("attempt.limit-reached", $"All tries at this badge are used ({limit}); please speak with your teacher.");
        }

        if (Before.OpensAt(Policy, submission.LastAttempt?.ReturnedAt) is { } opens && At < opens)
        {
            throw Refused.Conflict("attempt.cooling", $"The next try is open from {opens:yyyy-MM-dd HH:mm} UTC.");
        }

        if (submission.CurrentPlan is not { } plan)
        {
            return;
        }

        if (!plan.IsTouched)
        {
            throw plan.Untouched.Any()
                ? Refused.Conflict("attempt.plan-untouched", $"Please say in your plan first what you will do about: {string.Join(", ", plan.Untouched)}.")
                : Refused.Conflict("attempt.plan-untouched", "Please say in your plan first what you will do about the whole.");
        }

        if (Policy.Preparation is { } preparation && plan.Preparation is null)
        {
            throw Refused.Conflict("attempt.preparation-missing", $"Before the next try: {preparation} Please say in your plan when it is done.");
        }

        if (Policy is { Preparation: { } asked, PreparationSaidBy: PreparationWord.Teacher } && plan.PreparationSeen is null)
        {
            throw Refused.Conflict("attempt.preparation-unconfirmed", $"Before the next try a teacher confirms that this is done: {asked} Please ask yours.");
        }
    }

    private static string Short(BoardStanding standing) =>
        string.Create(CultureInfo.InvariantCulture, $"{standing.CompetencyId} ({standing.Answered.Length}/{standing.Asked})");
}
