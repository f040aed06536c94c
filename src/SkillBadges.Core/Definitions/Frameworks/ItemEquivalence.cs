namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>One statement that compares two items, by their identifiers.</summary>
/// <param name="IsReplacement">True for <c>replacedBy</c> (the origin gave way to the destination), false for <c>exactMatchOf</c> (they say the same).</param>
public sealed record ItemLink(string Origin, string Destination, bool IsReplacement);

/// <summary>How two items stand to each other.</summary>
public enum ItemRelation
{
    /// <summary>Nothing is said that would connect them.</summary>
    None,

    /// <summary>One went into the other together with more, or only in part: whoever has one has not shown the other.</summary>
    Overlap,

    /// <summary>They say the same.</summary>
    Same,
}

/// <summary>
/// What a set of exact matches and replacements comes to. Exact matches hold both ways and onward. A replacement carries the meaning on
/// unchanged only where one item gave way to one: an item that was split, or several that were merged, only overlap with what came of them.
/// Circles are no harm: what replaces each other without end is all current. Pure; the order of the links says nothing.
/// </summary>
public sealed class ItemEquivalence
{
    private readonly Dictionary<string, string> classes;
    private readonly ILookup<string, string> later;
    private readonly Dictionary<string, string> meanings;

    public ItemEquivalence(IEnumerable<ItemLink> links)
    {
        var all = links.Where(link => link.Origin != link.Destination).Distinct().ToArray();
        classes = Joined(all.SelectMany(link => new[] { link.Origin, link.Destination }), all.Where(link => !link.IsReplacement).Select(link => (link.Origin, link.Destination)));
        var steps = all.Where(link => link.IsReplacement).Select(link => (From: ClassOf(link.Origin), To: ClassOf(link.Destination))).Where(step => step.From != step.To).Distinct().ToArray();
        later = steps.ToLookup(step => step.From, step => step.To, StringComparer.Ordinal);
        var earlier = steps.ToLookup(step => step.To, step => step.From, StringComparer.Ordinal);
        var oneToOne = steps.Where(step => later[step.From].Count() == 1 && earlier[step.To].Count() == 1);
        meanings = Joined(classes.Values, oneToOne);
    }

    /// <summary>The items that stand for this one now: itself where nothing replaced it. In ordinal order.</summary>
    public IReadOnlyList<string> Current(string item)
    {
        var reached = Reached(ClassOf(item));

        // An end is a class that leads nowhere but back into a circle it is part of.
        var ends = reached.Where(at => Reached(at).All(next => Reached(next).Contains(at))).ToHashSet(StringComparer.Ordinal);
        var members = classes.Where(pair => ends.Contains(pair.Value)).Select(pair => pair.Key);
        return [.. (ends.Contains(item) ? members.Append(item) : members).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public ItemRelation Relation(string item, string other)
    {
        var (one, two) = (ClassOf(item), ClassOf(other));
        if (MeaningOf(one) == MeaningOf(two))
        {
            return ItemRelation.Same;
        }

        return Reached(one).Overlaps(Reached(two)) ? ItemRelation.Overlap : ItemRelation.None;
    }

    private string ClassOf(string item) => classes.GetValueOrDefault(item, item);

    private string MeaningOf(string itemClass) => meanings.GetValueOrDefault(itemClass, itemClass);

    private HashSet<string> Reached(string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { start };
        var open = new Stack<string>(reached);
        while (open.TryPop(out var at))
        {
            foreach (var next in later[at].Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }

    /// <summary>Gives each node the least name of all that it is joined with.</summary>
    private static Dictionary<string, string> Joined(IEnumerable<string> nodes, IEnumerable<(string, string)> pairs)
    {
        var neighbors = pairs.SelectMany(pair => new[] { pair, (pair.Item2, pair.Item1) }).ToLookup(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var node in nodes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Where(node => !names.ContainsKey(node)))
        {
            // In ordinal order, so the first of a group is its least.
            var open = new Stack<string>([node]);
            names[node] = node;
            while (open.TryPop(out var at))
            {
                foreach (var next in neighbors[at].Where(next => names.TryAdd(next, node)))
                {
                    open.Push(next);
                }
            }
        }

        return names;
    }
}
