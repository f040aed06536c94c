using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Issuing;

/// <summary>That an organization has awarded a version of a badge: whom to tell when something about the version changes.</summary>
public sealed record BadgeIssuer(BadgeVersionId Badge, OrganizationId Organization)
{
    public string Id => $"{Badge}/{Organization.Value}";
}

public static class BadgeIssuerDocuments
{
    public static readonly AccessPath<BadgeIssuer> ByBadge = new AccessPath<BadgeIssuer>("badge").Equal("badge", i => i.Badge.ToString());

    public static readonly DocumentKind<BadgeIssuer> Kind = new("badge_issuer", i => i.Id) { Paths = [ByBadge] };
}
