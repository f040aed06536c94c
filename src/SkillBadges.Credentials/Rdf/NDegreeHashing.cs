using System.Buffers;
using System.Globalization;

namespace SkillBadges.Credentials.Rdf;

/// <summary>
/// RDFC-1.0 (REC 2024-05-21) 4.4.3 step 5 with 4.7 and 4.8: labels for blank nodes that look alike from one step away, from how
/// they look along every path. The work can grow with the factorial of the alike ones, so it is counted and bounded.
/// </summary>
internal sealed class NDegreeHashing(Canonicalization dataset)
{
    /// <summary>
    /// Hashes, path steps and copied identifiers together. Honest credentials take a few hundred, the hardest graphs of the W3C's suite that
    /// must succeed 9,984, and a test holds that this is no more than half of what is allowed.
    /// </summary>
    internal const int WorkLimit = 20_000;

    /// <summary>Each level of recursion issues one more temporary identifier; a chain of alike nodes is as deep as it is long.</summary>
    private const int DepthLimit = 512;

    private static readonly Comparer<byte[]> byBytes = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static readonly Comparison<(byte[] Hash, int Node)> byHashOfRelated = (left, right) => left.Hash.AsSpan().SequenceCompareTo(right.Hash);

    private readonly ArrayBufferWriter<byte> input = new(512);

    /// <summary>What the labels took, in the units of <see cref="WorkLimit"/>.</summary>
    public int Work { get; private set; }

    /// <param name="byHash">All blank nodes, ordered by first-degree hash.</param>
    public void Label(ReadOnlySpan<int> byHash)
    {
        for (var start = 0; start < byHash.Length;)
        {
            var end = start + 1;
            while (end < byHash.Length && dataset.SameHash(byHash[start], byHash[end]))
            {
                end++;
            }

            if (end - start > 1)
            {
                LabelAlike(byHash[start..end]);
            }

            start = end;
        }
    }

    private void LabelAlike(ReadOnlySpan<int> alike)
    {
        var results = new List<(byte[] Hash, TemporaryLabels Issuer)>();
        foreach (var node in alike)
        {
            if (dataset.Label(node) < 0)
            {
                var issuer = new TemporaryLabels();
                issuer.Issue(node);
                results.Add(HashNDegree(node, issuer, depth: 0));
            }
        }

        // Equal hashes mean that the nodes can be swapped without a difference; the stable order only keeps runs alike.
        foreach (var result in results.OrderBy(result => result.Hash, byBytes))
        {
            foreach (var node in result.Issuer.Nodes)
            {
                dataset.Issue(node);
            }
        }
    }

    /// <summary>4.8.3.</summary>
    private (byte[] Hash, TemporaryLabels Issuer) HashNDegree(int node, TemporaryLabels issuer, int depth)
    {
        if (depth == DepthLimit)
        {
            throw TooComplex();
        }

        var related = new List<(byte[] Hash, int Node)>();
        foreach (var mention in dataset.QuadsOf(node))
        {
            var quad = dataset.Set.Quads[mention];
            AddRelated(related, quad.Subject, node, quad, (byte)'s', issuer);
            AddRelated(related, quad.Object, node, quad, (byte)'o', issuer);
            AddRelated(related, quad.Graph, node, quad, (byte)'g', issuer);
        }

        related.Sort(byHashOfRelated);
        var data = new ArrayBufferWriter<byte>(256);
        for (var start = 0; start < related.Count;)
        {
            var end = start + 1;
            while (end < related.Count && related[end].Hash.AsSpan().SequenceEqual(related[start].Hash))
            {
                end++;
            }

            var alike = new int[end - start];
            for (var at = 0; at < alike.Length; at++)
            {
                alike[at] = related[start + at].Node;
            }

            data.Write(related[start].Hash);
            var (path, chosen) = ChoosePath(alike, issuer, depth);
            data.Write(path);
            issuer = chosen;
            start = end;
        }

        return (HashOf(data.WrittenSpan), issuer);
    }

    /// <summary>4.8.3 step 5.4: of all orders of the related nodes, the one whose path comes first.</summary>
    private (byte[] Path, TemporaryLabels Issuer) ChoosePath(int[] permutation, TemporaryLabels issuer, int depth)
    {
        byte[] chosenPath = [];
        var chosenIssuer = issuer;
        var path = new ArrayBufferWriter<byte>(256);
        var recursion = new List<int>();
        Array.Sort(permutation);
        do
        {
            Spend(1 + permutation.Length + issuer.Count / 32);
            var copy = issuer.Copy();
            path.ResetWrittenCount();
            recursion.Clear();
            var isWorse = false;
            foreach (var node in permutation)
            {
                if (dataset.Label(node) is >= 0 and var label)
                {
                    WriteLabel(path, "_:c14n"u8, label);
                }
                else
                {
                    if (!copy.Has(node))
                    {
                        recursion.Add(node);
                    }

                    WriteLabel(path, "_:b"u8, copy.Issue(node));
                }

                isWorse = IsWorse(path, chosenPath);
                if (isWorse)
                {
                    break;
                }
            }

            for (var at = 0; at < recursion.Count && !isWorse; at++)
            {
                var result = HashNDegree(recursion[at], copy, depth + 1);
                WriteLabel(path, "_:b"u8, copy.Issue(recursion[at]));
                path.Write("<"u8);
                path.Write(result.Hash);
                path.Write(">"u8);
                copy = result.Issuer;
                isWorse = IsWorse(path, chosenPath);
            }

            if (!isWorse && (chosenPath.Length == 0 || path.WrittenSpan.SequenceCompareTo(chosenPath) < 0))
            {
                chosenPath = path.WrittenSpan.ToArray();
                chosenIssuer = copy;
            }
        }
        while (NextPermutation(permutation));

        return (chosenPath, chosenIssuer);
    }

    private static bool IsWorse(ArrayBufferWriter<byte> path, byte[] chosen) =>
        chosen.Length > 0 && path.WrittenCount >= chosen.Length && path.WrittenSpan.SequenceCompareTo(chosen) > 0;

    /// <summary>4.7.3, and its place in the map of 4.8.3 step 3.</summary>
    private void AddRelated(List<(byte[] Hash, int Node)> related, int term, int node, Quad quad, byte position, TemporaryLabels issuer)
    {
        if (term == node || dataset.Set.Kind(term) != TermKind.BlankNode)
        {
            return;
        }

        input.ResetWrittenCount();
        input.Write([position]);
        if (position != 'g')
        {
            input.Write(dataset.Set.Text(quad.Predicate));
        }

        if (dataset.Label(term) is >= 0 and var label)
        {
            WriteLabel(input, "_:c14n"u8, label);
        }
        else if (issuer.Has(term))
        {
            WriteLabel(input, "_:b"u8, issuer.Issue(term));
        }
        else
        {
            input.Write(dataset.Hash(term));
        }

        related.Add((HashOf(input.WrittenSpan), term));
    }

    private byte[] HashOf(ReadOnlySpan<byte> data)
    {
        Spend(1 + data.Length / 256);
        var hash = new byte[dataset.HashLength];
        dataset.HashHex(data, hash);
        return hash;
    }

    private void Spend(int units)
    {
        Work += units;
        if (Work > WorkLimit)
        {
            throw TooComplex();
        }
    }

    private static RdfException TooComplex() =>
        new(RdfException.TooComplex, "Blank nodes of the graph are too alike to be told apart with bounded work.");

    private static void WriteLabel(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> prefix, int number)
    {
        output.Write(prefix);
        var span = output.GetSpan(11);
        number.TryFormat(span, out var digits, default, CultureInfo.InvariantCulture);
        output.Advance(digits);
    }

    /// <summary>The next order of the numbers, from the ascending one to the descending one.</summary>
    private static bool NextPermutation(int[] items)
    {
        var pivot = items.Length - 2;
        while (pivot >= 0 && items[pivot] >= items[pivot + 1])
        {
            pivot--;
        }

        if (pivot < 0)
        {
            return false;
        }

        var swap = items.Length - 1;
        while (items[swap] <= items[pivot])
        {
            swap--;
        }

        (items[pivot], items[swap]) = (items[swap], items[pivot]);
        Array.Reverse(items, pivot + 1, items.Length - pivot - 1);
        return true;
    }
}
