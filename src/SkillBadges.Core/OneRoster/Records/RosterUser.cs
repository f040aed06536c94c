using System.Collections.Immutable;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Records;

/// <summary>What a roster says somebody does at an organization. Over on <see cref="End"/>.</summary>
/// <param name="RoleType">primary or secondary.</param>
/// <param name="Role">A word of OneRoster, such as student.</param>
/// <param name="Org">sourcedId.</param>
public sealed record RosterRole(string SourcedId, string RoleType, string Role, string Org)
{
    public DateOnly? Begin { get; init; }

    public DateOnly? End { get; init; }
}

/// <summary>A membership that a roster began.</summary>
public sealed record RosterMembership(OrganizationId Organization, Role Role, MembershipId Membership)
{
    public DateOnly? Begin { get; init; }

    public DateOnly? End { get; init; }
}

/// <summary>A guardianship that a roster began.</summary>
public sealed record RosterGuardianship(PersonId Guardian, OrganizationId RecordKeeper, GuardianshipId Guardianship);

/// <summary>
/// Somebody as a roster has them, and who of ours they are. Neither passwords nor addresses, telephone numbers or birth dates are kept; the numbers of the school and of the state are for rosters and reports,
/// and never enter a credential or a page.
/// </summary>
public sealed record RosterUser(string Source, string SourcedId, PersonId Person, string Username, string GivenName, string FamilyName) : RosterRecord(Source, SourcedId)
{
    public bool IsEnabled { get; init; } = true;

    public string? MiddleName { get; init; }

    public string? PreferredGivenName { get; init; }

    public string? PreferredMiddleName { get; init; }

    public string? PreferredFamilyName { get; init; }

    public string? Pronouns { get; init; }

    /// <summary>The school's number for them.</summary>
    public string? Identifier { get; init; }

    /// <summary>The number by which all systems of a state know them.</summary>
    public string? MasterIdentifier { get; init; }

    public string? PrimaryOrg { get; init; }

    public ImmutableArray<string> Grades { get; init; } = [];

    /// <summary>sourcedIds of those who act for them.</summary>
    public ImmutableArray<string> Agents { get; init; } = [];

    public ImmutableArray<RosterRole> Roles { get; init; } = [];

    public ImmutableArray<RosterMembership> Memberships { get; init; } = [];

    public ImmutableArray<RosterGuardianship> Guardianships { get; init; } = [];

    public string DisplayName => $"{PreferredGivenName ?? GivenName} {PreferredFamilyName ?? FamilyName}";
}
