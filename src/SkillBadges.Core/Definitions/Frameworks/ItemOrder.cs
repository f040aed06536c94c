namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>The reading order of a package: parents before their children, children by sequence number, then as the file has them.</summary>
internal static class ItemOrder
{
    /// <summary>Each item once, at its first place; items that no other stands above come at the top.</summary>
    public static IEnumerable<(CaseItem Item, int Depth)> Of(CasePackage package)
    {
        var items = package.Items.ToDictionary(item => item.Identity.Identifier, StringComparer.Ordinal);
        var places = package.Items.Select((item, i) => (item.Identity.Identifier, i)).ToDictionary(pair => pair.Identifier, pair => pair.i, StringComparer.Ordinal);
        var childOf = package.Associations.Where(association => association.Type == CaseAssociation.ChildOf).ToArray();
        var children = childOf
            .OrderBy(association => association.SequenceNumber ?? int.MaxValue).ThenBy(association => places[association.Origin.Identifier])
            .ToLookup(association => association.Destination.Identifier, association => association.Origin.Identifier, StringComparer.Ordinal);
        var below = childOf.Where(association => items.ContainsKey(association.Destination.Identifier)).Select(association => association.Origin.Identifier).ToHashSet(StringComparer.Ordinal);
        var tops = children[package.Document.Identity.Identifier].Concat(package.Items.Select(item => item.Identity.Identifier)).Where(identifier => !below.Contains(identifier));

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<(string Identifier, int Depth)>(tops.Reverse().Select(identifier => (identifier, 0)));
        while (open.TryPop(out var at))
        {
            if (!seen.Add(at.Identifier))
            {
                continue;
            }

            yield return (items[at.Identifier], at.Depth);
            foreach (var child in children[at.Identifier].Reverse())
            {
                open.Push((child, at.Depth + 1));
            }
        }
    }
}
