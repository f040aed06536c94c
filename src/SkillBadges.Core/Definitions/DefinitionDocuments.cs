using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>Which version of a badge new work is done towards.</summary>
public sealed record BadgeHead(string Slug, int CurrentVersion, string Name, string Field)
{
    /// <summary>The attributes of a graduate that the current version builds, such as <c>graduate-portrait/communicator</c>.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    public static BadgeHead Of(BadgeDefinition badge) =>
        new(badge.Slug, badge.Version, badge.Name, badge.Field) { Attributes = [.. badge.Attributes.Select(built => built.ToString())] };

    /// <summary>Set once no new work starts; work that is under way may be finished, and what was earned stays.</summary>
    public Retirement? Retired { get; init; }

    /// <exception cref="RefusedException"><c>badge.retired</c>.</exception>
    public BadgeHead RequireInUse() => Retired switch
    {
        null => this,
        { ReplacedBy: { } other } => throw Refused.Conflict("badge.retired", $"This badge is retired; {other} takes its place."),
        _ => throw Refused.Conflict("badge.retired", "This badge is retired; no new work starts on it."),
    };

    /// <exception cref="RefusedException"><c>badge.retired</c>.</exception>
    public BadgeHead Retire(Retirement retirement) => RequireInUse() with { Retired = retirement };
}

/// <summary>Why and when a badge was taken out of use.</summary>
/// <param name="ReplacedBy">Slug of the badge that takes its place, or null.</param>
public sealed record Retirement(DateTimeOffset At, string Reason, string? ReplacedBy)
{
    public const int MaxReasonLength = 500;
}

public static class DefinitionDocuments
{
    public static readonly AccessPath<BadgeDefinition> BySlug = new AccessPath<BadgeDefinition>("slug").Equal("slug", d => d.Slug).OrderBy("version", d => (long?)d.Version);

    /// <summary>Versions that show the picture with this digest.</summary>
    public static readonly AccessPath<BadgeDefinition> ByImage = new AccessPath<BadgeDefinition>("image").Each("digest", d => d.Image.Digests);

    /// <summary>Published versions by their id, such as <c>smaw-fillet@1</c>; never changed.</summary>
    public static readonly DocumentKind<BadgeDefinition> Versions = new("badge_version", d => d.Id.ToString()) { Paths = [BySlug, ByImage] };

    public static readonly AccessPath<BadgeHead> ByName = new AccessPath<BadgeHead>("name").OrderBy("name", h => SearchText.Of(h.Name));

    public static readonly AccessPath<BadgeHead> ByField = new AccessPath<BadgeHead>("field").Equal("field", h => h.Field).OrderBy("name", h => SearchText.Of(h.Name));

    public static readonly AccessPath<BadgeHead> ByAttribute =
        new AccessPath<BadgeHead>("attribute").Each("attribute", h => h.Attributes).OrderBy("name", h => SearchText.Of(h.Name));

    /// <summary>The catalogue: one for each badge, by slug.</summary>
    public static readonly DocumentKind<BadgeHead> Heads = new("badge", h => h.Slug) { Paths = [ByName, ByField, ByAttribute] };

    /// <exception cref="RefusedException"><c>badge.not-found</c>.</exception>
    public static async Task<BadgeDefinition> VersionAsync(this IDocumentStore store, BadgeVersionId id, CancellationToken cancellationToken) =>
        (await store.GetAsync(Versions, id.ToString(), "badge", cancellationToken)).Document;

    /// <summary>Those of the versions that exist.</summary>
    public static async Task<IReadOnlyDictionary<BadgeVersionId, BadgeDefinition>> VersionsAsync(this IDocumentStore store, IEnumerable<BadgeVersionId> ids, CancellationToken cancellationToken) =>
        (await store.FindAllAsync(Versions, ids.Select(id => id.ToString()), cancellationToken)).ToDictionary(badge => badge.Id);

    /// <summary>The version that new work is done towards.</summary>
    /// <exception cref="RefusedException"><c>badge.not-found</c>.</exception>
    public static async Task<BadgeDefinition> CurrentVersionAsync(this IDocumentStore store, string slug, CancellationToken cancellationToken)
    {
        var head = await store.GetAsync(Heads, slug, "badge", cancellationToken);
        return await store.VersionAsync(new(slug, head.Document.CurrentVersion), cancellationToken);
    }

    /// <summary>As <see cref="CurrentVersionAsync"/>, of several badges in the order in which they are named.</summary>
    /// <exception cref="RefusedException"><c>badge.not-found</c>.</exception>
    public static async Task<IReadOnlyList<BadgeDefinition>> CurrentVersionsAsync(this IDocumentStore store, IReadOnlyCollection<string> slugs, CancellationToken cancellationToken)
    {
        var heads = await store.FindAllAsync(Heads, slugs, cancellationToken);
        var current = (await store.VersionsAsync(heads.Select(head => new BadgeVersionId(head.Slug, head.CurrentVersion)), cancellationToken)).Values.ToDictionary(badge => badge.Slug, StringComparer.Ordinal);
        return [.. slugs.Select(slug => current.GetValueOrDefault(slug) ?? throw Refused.NotFound("badge"))];
    }
}
