using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Mastery;

/// <summary>Which version of a scale new definitions use.</summary>
public sealed record ScaleHead(string Id, int CurrentVersion, string Name)
{
    /// <summary>The organization that wrote it here and alone changes it; null for what came from files.</summary>
    public OrganizationId? Owner { get; init; }
}

public static class ScaleDocuments
{
    public static readonly AccessPath<MasteryScale> ById = new AccessPath<MasteryScale>("scale").Equal("scale", scale => scale.Id).OrderBy("version", scale => (long?)scale.Version);

    /// <summary>Published versions by <see cref="VersionId"/>; never changed.</summary>
    public static readonly DocumentKind<MasteryScale> Versions = new("scale_version", scale => VersionId(scale.Id, scale.Version)) { Paths = [ById] };

    public static readonly AccessPath<ScaleHead> ByName = new AccessPath<ScaleHead>("name").OrderBy("name", head => SearchText.Of(head.Name));

    public static readonly DocumentKind<ScaleHead> Heads = new("scale", head => head.Id) { Paths = [ByName] };

    /// <summary>Such as <c>four-level@1</c>.</summary>
    public static string VersionId(string id, int version) => FormattableString.Invariant($"{id}@{version}");

    /// <summary>The current version of every scale, by id.</summary>
    public static async Task<IReadOnlyDictionary<string, MasteryScale>> CurrentScalesAsync(this IDocumentStore store, CancellationToken cancellationToken) =>
        (await store.NamedAsync(Heads, ByName.Where(), head => VersionId(head.Id, head.CurrentVersion), Versions, cancellationToken)).ToDictionary(scale => scale.Id, StringComparer.Ordinal);
}
