using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.OneRoster.Records;

/// <summary>An organization as a roster has it, and which of ours it is; departments and the levels above districts are none of ours.</summary>
public sealed record RosterOrg(string Source, string SourcedId, string Name, string Type) : RosterRecord(Source, SourcedId)
{
    public string? Identifier { get; init; }

    public string? Parent { get; init; }

    public OrganizationId? Organization { get; init; }
}
