using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>A learner at a workplace: which supervisor of which employer may sign which badges, for how long.</summary>
/// <param name="School">The record-keeper that made the placement.</param>
public sealed record Placement(PlacementId Id, PersonId Learner, OrganizationId School, OrganizationId Employer, PersonId Supervisor, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Slugs of the badges that the supervisor may sign for.</summary>
    public ImmutableArray<string> Badges { get; init; } = [];

    /// <summary>The skills that it is about; a badge of which none is named is meant as a whole.</summary>
    public ImmutableArray<PlacementSkill> Skills { get; init; } = [];

    public bool Names(string badge, string competency) =>
        Badges.Contains(badge, StringComparer.Ordinal) && (Skills.All(skill => skill.Badge != badge) || Skills.Contains(new(badge, competency)));

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && instant < To;

    public bool Assigns(PersonId supervisor, PersonId learner, string badge, DateTimeOffset at) =>
        Supervisor == supervisor && Learner == learner && HoldsAt(at) && Badges.Contains(badge, StringComparer.Ordinal);

    /// <exception cref="RefusedException"><c>placement.dates</c>, <c>placement.badges</c>, <c>placement.skills</c>, <c>placement.own-supervisor</c>.</exception>
    public static Placement Arrange(Placement placement)
    {
        if (placement.To <= placement.From || placement.To - placement.From > TimeSpan.FromDays(800))
        {
            throw Refused.Invalid("placement.dates", "An internship ends after it begins, within about two years.");
        }

        if (placement.Badges.Length is < 1 or > 20)
        {
            throw Refused.Invalid("placement.badges", "An internship names the 1 to 20 badges that the supervisor may sign for.");
        }

        if (placement.Skills.Length > 200 || placement.Skills.Any(skill => !placement.Badges.Contains(skill.Badge, StringComparer.Ordinal)))
        {
            throw Refused.Invalid("placement.skills", "Skills belong to the badges that the internship names; at most 200.");
        }

        return placement.Learner == placement.Supervisor
            ? throw Refused.Invalid("placement.own-supervisor", "Nobody supervises their own internship.")
            : placement;
    }

    /// <summary>One that has not begun yet never will.</summary>
    /// <exception cref="RefusedException"><c>placement.ended</c>.</exception>
    public Placement End(DateTimeOffset at) => at < To ? this with { To = at < From ? From : at } : throw Refused.Conflict("placement.ended", "This internship has ended already.");
}
