using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>
/// While somebody is away, a colleague in the same role at the same organization decides what they would have decided: no more than that, and in
/// the colleague's own name, "for" the absent one.
/// </summary>
/// <param name="Role"><see cref="Organizations.Role.Teacher"/> or <see cref="Organizations.Role.Supervisor"/>.</param>
public sealed record Delegation(DelegationId Id, OrganizationId Organization, Role Role, PersonId For, PersonId Delegate, DateTimeOffset From, DateTimeOffset To)
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(370);

    public bool HoldsAt(DateTimeOffset instant) => From <= instant && instant < To;

    /// <exception cref="RefusedException"><c>delegation.dates</c>, <c>delegation.to-oneself</c>, <c>delegation.role</c>.</exception>
    public static Delegation Make(Delegation asked)
    {
        if (asked.To <= asked.From || asked.To - asked.From > Longest)
        {
            throw Refused.Invalid("delegation.dates", "Somebody stands in for a time that ends after it begins, within about a year.");
        }

        if (asked.For == asked.Delegate)
        {
            throw Refused.Invalid("delegation.to-oneself", "Somebody else stands in.");
        }

        return asked.Role is Role.Teacher or Role.Supervisor
            ? asked
            : throw Refused.Invalid("delegation.role", "Teachers stand in for teachers and supervisors for supervisors.");
    }

    /// <summary>One that has not begun never will.</summary>
    /// <exception cref="RefusedException"><c>delegation.ended</c>.</exception>
    public Delegation End(DateTimeOffset at) => at < To ? this with { To = at < From ? From : at } : throw Refused.Conflict("delegation.ended", "This has ended already.");
}
