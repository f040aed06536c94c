using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence.Assessors;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>Why this person may judge this learner's work.</summary>
public enum AssessorRelation
{
    TeachesTheClass,
    SupervisesThePlacement,

    /// <summary>One of a pool of assessors that the school has for the badge.</summary>
    InThePool,

    /// <summary>The assessor whom the school has named for this badge.</summary>
    NamedForTheBadge,

    /// <summary>Did not judge the work: answers for it that another issuer's word counts at the school.</summary>
    AcceptsTheIssuer,
}

/// <summary>Who decided, and in what capacity, at that instant.</summary>
/// <param name="Organization">Where the role is held: the school, or the employer of a placement.</param>
public sealed record Assessor(PersonId Person, Role Role, OrganizationId Organization, AssessorRelation Relation)
{
    /// <summary>Whom they stood in for; the relation is that person's. Null when they decided in their own capacity.</summary>
    public PersonId? For { get; init; }

    /// <summary>The document that showed the qualification which the badge asks for; null where it asks for none.</summary>
    public QualificationId? Qualification { get; init; }

    [JsonIgnore]
    public ReviewerRole Capacity => Role == Role.Supervisor ? ReviewerRole.Supervisor : ReviewerRole.Teacher;
}

/// <summary>Where the judging took place: the class or the internship that assigned the assessor.</summary>
public sealed record DecisionContext(ClassSectionId? Section, PlacementId? Placement, OrganizationId? Employer);
