namespace SkillBadges.Core.Organizations;

/// <summary>(person, organization, role, from-to). Roles are read from here at commit time, never from a token.</summary>
public sealed record Membership(MembershipId Id, PersonId Person, OrganizationId Organization, Role Role, DateTimeOffset From)
{
    /// <summary>The first instant at which it holds no more; null while it has no end.</summary>
    public DateTimeOffset? To { get; init; }

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && (To is null || instant < To);

    /// <exception cref="RefusedException"><c>membership.ended</c>.</exception>
    public Membership End(DateTimeOffset at) => To is null || at < To
        ? this with { To = at }
        : throw Refused.Conflict("membership.ended", "This membership has ended already.");
}
