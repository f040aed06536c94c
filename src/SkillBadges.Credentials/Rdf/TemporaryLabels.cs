namespace SkillBadges.Credentials.Rdf;

/// <summary>
/// RDFC-1.0 (REC 2024-05-21) 4.5: identifiers <c>b0</c>, <c>b1</c>, ... in the order in which they are issued. Copied for every order of alike
/// nodes that is tried, so that a copy is two blocks of memory.
/// </summary>
internal sealed class TemporaryLabels
{
    private int[] nodes;

    // A hash table of twice as many places: 0, or one more than the number of a node.
    private int[] places;

    public TemporaryLabels()
    {
        nodes = new int[8];
        places = new int[16];
    }

    private TemporaryLabels(TemporaryLabels source)
    {
        nodes = source.nodes.AsSpan().ToArray();
        places = source.places.AsSpan().ToArray();
        Count = source.Count;
    }

    public int Count { get; private set; }

    /// <summary>The nodes in the order of their identifiers.</summary>
    public ReadOnlySpan<int> Nodes => nodes.AsSpan(0, Count);

    public bool Has(int node) => places[PlaceOf(node)] != 0;

    /// <summary>The number of the node's identifier, a new one unless it has one.</summary>
    public int Issue(int node)
    {
        var place = PlaceOf(node);
        if (places[place] != 0)
        {
            return places[place] - 1;
        }

        if (Count == nodes.Length)
        {
            Grow();
            place = PlaceOf(node);
        }

        nodes[Count] = node;
        places[place] = ++Count;
        return Count - 1;
    }

    public TemporaryLabels Copy() => new(this);

    private void Grow()
    {
        Array.Resize(ref nodes, nodes.Length * 2);
        places = new int[nodes.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            places[PlaceOf(nodes[number])] = number + 1;
        }
    }

    private int PlaceOf(int node)
    {
        var mask = places.Length - 1;
        var place = (int)(((uint)node * 2654435769u) >> 12) & mask;
        while (places[place] != 0 && nodes[places[place] - 1] != node)
        {
            place = (place + 1) & mask;
        }

        return place;
    }
}
