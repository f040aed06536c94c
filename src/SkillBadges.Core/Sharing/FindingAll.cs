using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing;

/// <summary>Finds documents by more ids than one question takes.</summary>
internal static class FindingAll
{
    /// <summary>Those that exist, each once, by id.</summary>
    public static async Task<IReadOnlyList<T>> FindAllAsync<T>(this IDocumentStore store, DocumentKind<T> kind, IEnumerable<string> ids, CancellationToken cancellationToken)
        where T : class
    {
        var found = new List<T>();
        foreach (var chunk in ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Chunk(500))
        {
            found.AddRange((await store.FindManyAsync(kind, chunk, cancellationToken)).OrderBy(read => read.Id, StringComparer.Ordinal).Select(read => read.Document));
        }

        return found;
    }
}
