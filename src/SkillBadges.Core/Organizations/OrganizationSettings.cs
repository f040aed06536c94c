using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Organizations;

/// <summary>What one organization has set itself; there is none where everything is inherited.</summary>
public sealed record OrganizationSettings(OrganizationId Organization, SettingValues Values);

public static class OrganizationSettingsDocuments
{
    public static readonly DocumentKind<OrganizationSettings> Kind = new("organization_settings", s => s.Organization.Value);
}
