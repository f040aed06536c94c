using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>Why this person may judge this learner's work.</summary>
public enum AssessorRelation
{
    TeachesTheClass,
    SupervisesThePlacement,
}

/// <summary>Who decided, and in what capacity, at that instant.</summary>
/// <param name="Organization">Where the role is held: the school, or the employer of a placement.</param>
public sealed record Assessor(PersonId Person, Role Role, OrganizationId Organization, AssessorRelation Relation);

/// <summary>Where the judging took place: the class or the internship that assigned the assessor.</summary>
public sealed record DecisionContext(ClassSectionId? Section, PlacementId? Placement, OrganizationId? Employer);
