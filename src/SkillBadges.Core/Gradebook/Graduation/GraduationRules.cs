using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Graduation;

/// <summary>One version of what a school or district asks for; it is never changed.</summary>
/// <param name="Key">The same for every version.</param>
/// <param name="Version">From 1.</param>
public sealed record GraduationRules(string Key, int Version, OrganizationId Organization, GraduationTerms Terms, PersonId By, DateTimeOffset At)
{
    public string Id => FormattableString.Invariant($"{Key}@{Version}");
}

public static class GraduationDocuments
{
    public static readonly AccessPath<GraduationRules> ByKey = new AccessPath<GraduationRules>("key").Equal("key", rules => rules.Key).OrderBy("version", rules => (long?)rules.Version);

    public static readonly AccessPath<GraduationRules> ByOrganization =
        new AccessPath<GraduationRules>("organization").Equal("organization", rules => rules.Organization.Value).OrderBy("at", rules => rules.At);

    public static readonly DocumentKind<GraduationRules> Rules = new("graduation_rules", rules => rules.Id) { Paths = [ByKey, ByOrganization] };
}
