using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>Somebody has opened the work; until then nobody else decides on it.</summary>
public sealed record TaskClaim(PersonId By, DateTimeOffset Until)
{
    /// <summary>Since when they have it open without a break; absent in claims of before this was kept.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>How often they have opened it since then.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Open for longer, or for the first time when somebody else had it or it had run out.</summary>
    public static TaskClaim Open(TaskClaim? before, PersonId person, DateTimeOffset at, TimeSpan lasts) => before is { } held && held.By == person && at < held.Until
        ? held with { Until = at + lasts, Times = held.Times + 1 }
        : new(person, at + lasts) { Since = at };
}

/// <summary>One line of a queue: work that waits for a decision, and whom it waits for. Its id is the submission's.</summary>
public sealed record ReviewTask(SubmissionId Submission, PersonId Learner, OrganizationId Organization, BadgeVersionId Badge, int Attempt, DateTimeOffset SubmittedAt)
{
    /// <summary>How long opened work is kept from others.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(20);

    public ImmutableArray<PersonId> Assignees { get; init; } = [];

    /// <summary>When the school wants it decided; absent in tasks of before there were such days.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Of a pool's work, whose share it is: the others get it only when they have none of their own left. Null where it is everybody's.</summary>
    public PersonId? ShareOf { get; init; }

    public TaskClaim? Claim { get; init; }

    /// <summary>When somebody was told that it is due soon; null before.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    public bool IsClaimedByAnother(PersonId person, DateTimeOffset at) => Claim is { } claim && claim.By != person && at < claim.Until;

    /// <summary>Opens the work, or keeps it open longer.</summary>
    /// <exception cref="RefusedException"><c>review-task.claimed</c>.</exception>
    public ReviewTask Open(PersonId person, DateTimeOffset at)
    {
        RequireFree(person, at);
        return this with { Claim = TaskClaim.Open(Claim, person, at, ClaimLasts) };
    }

    /// <summary>Gives it back; does nothing when somebody else has it.</summary>
    public ReviewTask Release(PersonId person) => Claim?.By == person ? this with { Claim = null } : this;

    /// <exception cref="RefusedException"><c>review-task.claimed</c>.</exception>
    public void RequireFree(PersonId person, DateTimeOffset at)
    {
        if (IsClaimedByAnother(person, at))
        {
            throw Refused.Conflict("review-task.claimed", "A colleague has this work open; it is free again when they decide, give it back, or after twenty minutes.");
        }
    }

    /// <summary>
    /// Whose share of a pool's work this is: of the hashes over submission and person, the person with the highest. Everybody's share is about the same, nobody
    /// chooses it, and when somebody leaves only their share moves.
    /// </summary>
    public static PersonId? ShareAmong(SubmissionId submission, IReadOnlyCollection<PersonId> pool) => pool.Count == 0
        ? null
        : pool.MaxBy(person => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{submission.Value}\n{person.Value}"))), StringComparer.Ordinal);
}
