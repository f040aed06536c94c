using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>
/// Teachers of a school who decide on some of its badges whoever the learner is: a pool that shares the work, or one person for one badge.
/// </summary>
/// <param name="Name">What the school calls the pool; null for one person and one badge.</param>
public sealed record StandingAssignment(StandingAssignmentId Id, OrganizationId Organization, string? Name, DateTimeOffset From)
{
    public const int MaxAssessors = 100;
    public const int MaxBadges = 50;
    public const int MaxNameLength = 200;

    public DateTimeOffset? To { get; init; }

    public ImmutableArray<PersonId> Assessors { get; init; } = [];

    /// <summary>Slugs.</summary>
    public ImmutableArray<string> Badges { get; init; } = [];

    public bool IsPool => Name is not null;

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && (To is null || instant < To);

    public bool Assigns(PersonId assessor, OrganizationId school, string badge, DateTimeOffset at) =>
        Organization == school && HoldsAt(at) && Assessors.Contains(assessor) && Badges.Contains(badge, StringComparer.Ordinal);

    /// <exception cref="RefusedException"><c>assignment.name</c>, <c>assignment.assessors</c>, <c>assignment.badges</c>, <c>assignment.dates</c>.</exception>
    public static StandingAssignment Make(StandingAssignment asked)
    {
        var checkedOne = asked with
        {
            Name = asked.Name is null ? null : DisplayText.Require(asked.Name, MaxNameLength, "assignment.name"),
            Assessors = [.. asked.Assessors.Distinct()],
            Badges = [.. asked.Badges.Distinct(StringComparer.Ordinal)],
        };
        if (checkedOne.Assessors.Length < 1 || checkedOne.Assessors.Length > (checkedOne.IsPool ? MaxAssessors : 1))
        {
            throw Refused.Invalid("assignment.assessors", $"A pool has 1 to {MaxAssessors} assessors; without a name it is one person for one badge.");
        }

        if (checkedOne.Badges.Length < 1 || checkedOne.Badges.Length > (checkedOne.IsPool ? MaxBadges : 1) || !checkedOne.Badges.All(slug => Slug.IsValid(slug)))
        {
            throw Refused.Invalid("assignment.badges", $"A pool is for 1 to {MaxBadges} badges by their short names; without a name it is one person for one badge.");
        }

        return checkedOne.To is { } end && end <= checkedOne.From
            ? throw Refused.Invalid("assignment.dates", "An assignment ends after it begins.")
            : checkedOne;
    }

    /// <exception cref="RefusedException"><c>assignment.ended</c>.</exception>
    public StandingAssignment End(DateTimeOffset at) => To is null || at < To
        ? this with { To = at < From ? From : at }
        : throw Refused.Conflict("assignment.ended", "This assignment has ended already.");
}
