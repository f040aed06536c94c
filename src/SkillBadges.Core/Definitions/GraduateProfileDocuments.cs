using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>Which version of a profile counts now.</summary>
public sealed record GraduateProfileHead(string Slug, int CurrentVersion, string Name);

public static class GraduateProfileDocuments
{
    public static readonly AccessPath<GraduateProfile> BySlug = new AccessPath<GraduateProfile>("slug").Equal("slug", p => p.Slug).OrderBy("version", p => (long?)p.Version);

    /// <summary>Published versions by their id, such as <c>graduate-portrait@1</c>; never changed.</summary>
    public static readonly DocumentKind<GraduateProfile> Versions = new("graduate_profile_version", p => p.Id.ToString()) { Paths = [BySlug] };

    public static readonly AccessPath<GraduateProfileHead> ByName = new AccessPath<GraduateProfileHead>("name").OrderBy("name", h => SearchText.Of(h.Name));

    public static readonly DocumentKind<GraduateProfileHead> Heads = new("graduate_profile", h => h.Slug) { Paths = [ByName] };

    /// <summary>The version that counts now.</summary>
    /// <exception cref="RefusedException"><c>graduate-profile.not-found</c>.</exception>
    public static async Task<GraduateProfile> CurrentProfileAsync(this IDocumentStore store, string slug, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(Heads, slug, "graduate-profile", cancellationToken);
        var id = new BadgeVersionId(slug, head.Document.CurrentVersion).ToString();
        return (await store.GetAsync(Versions, id, "graduate-profile", cancellationToken)).Document;
    }

    /// <summary>The current version of every profile, by slug.</summary>
    public static async Task<IReadOnlyDictionary<string, GraduateProfile>> CurrentProfilesAsync(this IDocumentStore store, CancellationToken cancellationToken) =>
        (await store.NamedAsync(Heads, ByName.Where(), head => new BadgeVersionId(head.Slug, head.CurrentVersion).ToString(), Versions, cancellationToken)).ToDictionary(profile => profile.Slug, StringComparer.Ordinal);
}
