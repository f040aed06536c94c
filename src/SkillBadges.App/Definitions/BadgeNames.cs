using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Definitions;

/// <summary>Badges as pages name them: by the words of their current version, in the reader's language.</summary>
internal static class BadgeNames
{
    /// <summary>By slug, of those that exist.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(IDocumentStore store, IEnumerable<string> slugs, string language, CancellationToken cancellationToken)
    {
        var heads = await store.FindAllAsync(DefinitionDocuments.Heads, slugs, cancellationToken);
        return (await CurrentAsync(store, heads, language, cancellationToken)).ToDictionary(badge => badge.Slug, badge => badge.Name, StringComparer.Ordinal);
    }

    /// <summary>By slug, of those that work or a record names in some version.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(IDocumentStore store, IEnumerable<BadgeVersionId> versions, string language, CancellationToken cancellationToken) =>
        (await store.VersionsAsync(versions.DistinctBy(id => id.Slug), cancellationToken)).Values.ToDictionary(badge => badge.Slug, badge => badge.In(language).Name, StringComparer.Ordinal);

    /// <summary>The current versions themselves, of those that exist.</summary>
    public static async Task<IReadOnlyDictionary<string, BadgeDefinition>> WholeAsync(IDocumentStore store, IEnumerable<string> slugs, string language, CancellationToken cancellationToken) =>
        (await CurrentAsync(store, await store.FindAllAsync(DefinitionDocuments.Heads, slugs, cancellationToken), language, cancellationToken)).ToDictionary(badge => badge.Slug, StringComparer.Ordinal);

    /// <summary>Every badge, by name; where only those in use are asked for, none that is retired.</summary>
    public static async Task<IReadOnlyList<BadgeDefinition>> AllAsync(IDocumentStore store, string language, bool inUse, CancellationToken cancellationToken)
    {
        var heads = new List<BadgeHead>();
        await foreach (var read in store.AllAsync(DefinitionDocuments.Heads, DefinitionDocuments.ByName.Where(), cancellationToken))
        {
            heads.Add(read.Document);
        }

        return [.. (await CurrentAsync(store, heads.Where(head => !inUse || head.Retired is null), language, cancellationToken)).OrderBy(badge => SearchText.Of(badge.Name), StringComparer.Ordinal)];
    }

    private static async Task<IEnumerable<BadgeDefinition>> CurrentAsync(IDocumentStore store, IEnumerable<BadgeHead> heads, string language, CancellationToken cancellationToken) =>
        (await store.VersionsAsync(heads.Select(head => new BadgeVersionId(head.Slug, head.CurrentVersion)), cancellationToken)).Values.Select(badge => badge.In(language));
}
