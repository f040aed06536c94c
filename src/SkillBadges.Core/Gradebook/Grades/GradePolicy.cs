using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Grades;

/// <summary>One version of how an organization makes letters and an average of native levels. It is never changed, and it changes no entry; a document names the version that it was made with.</summary>
/// <param name="Key">The same for every version.</param>
/// <param name="Version">From 1.</param>
public sealed record GradePolicy(string Key, int Version, OrganizationId Organization, GradeTerms Terms, PersonId By, DateTimeOffset At)
{
    public string Id => FormattableString.Invariant($"{Key}@{Version}");
}

public static class GradePolicyDocuments
{
    public static readonly AccessPath<GradePolicy> ByKey = new AccessPath<GradePolicy>("key").Equal("key", policy => policy.Key).OrderBy("version", policy => (long?)policy.Version);

    public static readonly AccessPath<GradePolicy> ByOrganization =
        new AccessPath<GradePolicy>("organization").Equal("organization", policy => policy.Organization.Value).OrderBy("at", policy => policy.At);

    public static readonly DocumentKind<GradePolicy> Kind = new("grade_policy", policy => policy.Id) { Paths = [ByKey, ByOrganization] };
}
