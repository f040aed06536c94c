using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>One skill of a piece of work: what its board asks for and has, and how it was judged last.</summary>
/// <param name="LastLevel">Of the standing decision on the last try that judged it; null before.</param>
/// <param name="IsReached">Whether that level is enough.</param>
/// <param name="ExpiredCertificates">Ids of proof that is out of date today.</param>
public sealed record SkillProgress(string CompetencyId, BoardStanding Board, string RequiredLevel, string? SelfLevel, string? LastLevel, bool IsReached, ImmutableArray<string> ExpiredCertificates)
{
    /// <summary>What to go on with, from Proficient on.</summary>
    public ImmutableArray<ExtensionTask> Extensions { get; init; } = [];
}

/// <summary>Where a piece of work stands, computed anew each time: for the learner to see what is next, for the assessor to see what lies there.</summary>
/// <param name="Used">Tries that the policy counts.</param>
/// <param name="OpensAt">When the next try may be made; null when at any time.</param>
/// <param name="OpenCheckpoints">Ids of the stop points without a nod.</param>
/// <param name="MissingBadges">Slugs of the badges that come before and are not held.</param>
/// <param name="Obstacle">The code of what would be said to turning in now; null when nothing is in the way or it is turned in already.</param>
public sealed record ProgressBoard(
    Submission Work,
    Setting<AttemptPolicy> Policy,
    int Used,
    DateTimeOffset? OpensAt,
    ImmutableArray<SkillProgress> Skills,
    ImmutableArray<string> OpenCheckpoints,
    ImmutableArray<string> MissingBadges,
    string? Obstacle,
    string? ObstacleWords)
{
    /// <param name="seen">The work as who asks may see it: without the draft, its last try is looked at.</param>
    /// <param name="facts">As for turning it in now.</param>
    /// <param name="policy">The policy that holds, and whose it is.</param>
    public static ProgressBoard Of(Submission seen, TurnIn facts, Setting<AttemptPolicy> policy)
    {
        var work = seen.State == SubmissionState.Draft && !seen.Draft.IsEmpty ? seen.Draft : seen.LastAttempt?.Work ?? seen.Draft;
        var levels = seen.Attempts.Where(attempt => attempt.Standing is not null).SelectMany(attempt => attempt.Standing!.Ratings)
            .GroupBy(rating => rating.CompetencyId, StringComparer.Ordinal).ToDictionary(ratings => ratings.Key, ratings => ratings.Last().Level, StringComparer.Ordinal);
        var obstacle = seen.State == SubmissionState.Draft && !seen.Draft.IsEmpty ? ObstacleOf(seen, facts) : null;
        return new(
            seen,
            policy,
            facts.Before.Used + seen.Attempts.Length,
            seen.State == SubmissionState.Draft ? facts.Before.OpensAt(policy.Value, seen.LastAttempt?.ReturnedAt) : null,
            [.. work.Select(skill => Skill(skill, facts, levels.GetValueOrDefault(skill.CompetencyId)))],
            [.. facts.Badge.Checkpoints.Select(checkpoint => checkpoint.Id).Where(id => seen.Nods.All(nod => nod.CheckpointId != id))],
            [.. facts.Badge.Prerequisites.Where(slug => !facts.Earned.Contains(slug))],
            obstacle?.Code,
            obstacle?.Message);
    }

    private static SkillProgress Skill(CompetencyWork work, TurnIn facts, string? level) => new(
        work.CompetencyId,
        facts.Standing(work),
        facts.Badge.Competency(work.CompetencyId).RequiredLevel,
        work.SelfLevel,
        level,
        level is not null && facts.Badge.Satisfies(work.CompetencyId, level),
        [.. work.Items.Where(item => item.Certificate?.IsExpired(facts.Today) == true).Select(item => item.Id)])
    {
        Extensions = facts.Badge.Competency(work.CompetencyId).ExtensionsAt(facts.Badge.Scale, level),
    };

    private static RefusedException? ObstacleOf(Submission work, TurnIn facts)
    {
        try
        {
            facts.Require(work);
            return null;
        }
        catch (RefusedException refusal)
        {
            return refusal;
        }
    }
}
