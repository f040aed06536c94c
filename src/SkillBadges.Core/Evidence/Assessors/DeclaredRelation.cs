using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Assessors;

public enum RelationKind
{
    /// <summary>A relative by blood, marriage or partnership.</summary>
    Family,

    /// <summary>They live together.</summary>
    Household,

    /// <summary>One pays the other, outside of school.</summary>
    Business,

    /// <summary>Anything else that would make a fair judgment doubtful.</summary>
    Other,
}

/// <summary>Two people of whom one must not judge the other. It says that there is something, never what it is beyond its kind.</summary>
public sealed record DeclaredRelation(DeclaredRelationId Id, OrganizationId Organization, PersonId First, PersonId Second, RelationKind Kind, PersonId DeclaredBy, DateTimeOffset From)
{
    public DateTimeOffset? To { get; init; }

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && (To is null || instant < To);

    /// <exception cref="RefusedException"><c>relation.to-oneself</c>.</exception>
    public static DeclaredRelation Declare(DeclaredRelation asked) => asked.First != asked.Second
        ? asked
        : throw Refused.Invalid("relation.to-oneself", "A relation is between two people.");

    /// <exception cref="RefusedException"><c>relation.ended</c>.</exception>
    public DeclaredRelation End(DateTimeOffset at) => To is null || at < To ? this with { To = at } : throw Refused.Conflict("relation.ended", "This relation has ended already.");
}
