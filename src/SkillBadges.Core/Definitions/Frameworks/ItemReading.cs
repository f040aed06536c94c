using System.Collections.Immutable;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>What is known of an item that a badge is aligned to.</summary>
/// <param name="Current">The items that stand for it now, where frameworks that are here name any.</param>
public sealed record ResolvedItem(FrameworkItem Item, IReadOnlyList<FrameworkItem> Current);

/// <summary>Finds items, and loads what frameworks say about how items compare.</summary>
public sealed class ItemReading(IDocumentStore store)
{
    /// <summary>How many items are looked at around one; what lies further is not compared.</summary>
    public const int MaxItems = 500;

    /// <summary>The item of that address, or null where no framework here has it.</summary>
    public async Task<FrameworkItem?> FindAsync(string address, CancellationToken cancellationToken) =>
        ItemAddress.IdentifierIn(address) is { } identifier && await CurrentAsync([identifier], cancellationToken) is [var item, ..] ? item : null;

    /// <summary>The item with what stands for it now, or null where no framework here has it.</summary>
    public async Task<ResolvedItem?> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        if (await FindAsync(address, cancellationToken) is not { } item)
        {
            return null;
        }

        var equivalence = await AroundAsync([item.Identifier], cancellationToken);
        return new(item, await CurrentAsync(equivalence.Current(item.Identifier), cancellationToken));
    }

    /// <summary>The framework of each item, where one here has it; the first <see cref="MaxItems"/> are looked at.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FrameworksAsync(IEnumerable<string> identifiers, CancellationToken cancellationToken)
    {
        var asked = identifiers.Distinct(StringComparer.Ordinal).Take(MaxItems).ToList();
        return asked.Count == 0
            ? ImmutableDictionary<string, string>.Empty
            : (await CurrentAsync(asked, cancellationToken)).DistinctBy(item => item.Identifier).ToDictionary(item => item.Identifier, item => item.Framework, StringComparer.Ordinal);
    }

    /// <summary>What all frameworks here say about items within reach of these, by identifier.</summary>
    public async Task<ItemEquivalence> AroundAsync(IEnumerable<string> identifiers, CancellationToken cancellationToken)
    {
        var seen = identifiers.ToHashSet(StringComparer.Ordinal);
        var links = new List<ItemLink>();
        var sets = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var open = seen.ToList(); open.Count > 0 && seen.Count <= MaxItems;)
        {
            var page = await store.QueryAsync(FrameworkDocuments.Links, FrameworkDocuments.ByNode.WhereAny(open.Take(MaxItems).ToArray()).Take(DocumentQuery<FrameworkLink>.MaxLimit), cancellationToken);
            open.Clear();
            foreach (var link in page.Documents)
            {
                if (await SetAsync(sets, link.Framework, cancellationToken) == link.Set)
                {
                    links.Add(new(link.Origin, link.Destination, link.IsReplacement));
                    open.AddRange(new[] { link.Origin, link.Destination }.Where(seen.Add));
                }
            }
        }

        return new(links);
    }

    private async Task<IReadOnlyList<FrameworkItem>> CurrentAsync(IReadOnlyCollection<string> identifiers, CancellationToken cancellationToken)
    {
        var sets = new Dictionary<string, string?>(StringComparer.Ordinal);
        var found = new List<FrameworkItem>();
        var page = await store.QueryAsync(FrameworkDocuments.Items, FrameworkDocuments.ByIdentifier.WhereAny(identifiers.Take(MaxItems).ToArray()).Take(DocumentQuery<FrameworkItem>.MaxLimit), cancellationToken);
        foreach (var item in page.Documents)
        {
            if (await SetAsync(sets, item.Framework, cancellationToken) == item.Set)
            {
                found.Add(item);
            }
        }

        return found;
    }

    // The set that a framework shows to everybody.
    private async Task<string?> SetAsync(Dictionary<string, string?> sets, string framework, CancellationToken cancellationToken)
    {
        if (!sets.TryGetValue(framework, out var set))
        {
            var head = (await store.FindAsync(FrameworkDocuments.Kind, framework, cancellationToken))?.Document;
            sets[framework] = set = head is { IsPrivate: false } ? head.Set : null;
        }

        return set;
    }
}
