using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>One line of a queue: work that waits for a decision, and whom it waits for. Its id is the submission's.</summary>
public sealed record ReviewTask(SubmissionId Submission, PersonId Learner, OrganizationId Organization, BadgeVersionId Badge, int Attempt, DateTimeOffset SubmittedAt)
{
    public ImmutableArray<PersonId> Assignees { get; init; } = [];
}
