using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Rdf;

/// <summary>
/// RDFC-1.0 (REC 2024-05-21): gives every blank node its canonical label and writes the quads in canonical order.
/// Holds working memory, so make one and use it for many sets; not safe for use by several threads at once.
/// </summary>
/// <remarks>
/// The steps of 4.4.3 are the methods in order. Nearly every credential ends at step 4, where all first-degree hashes differ;
/// <see cref="NDegreeHashing"/> settles the rest, within a bound, so that a graph made to be hard ends in a refusal.
/// </remarks>
public sealed class Canonicalization
{
    private const int KeptItems = 1 << 16;
    private const int LabelSize = 16;

    private readonly Comparison<int> byHash;
    private readonly Comparison<int> byText;
    private readonly Comparison<int> byObjectThenGraph;
    private readonly LineSorter lines = new();
    private readonly ArrayBufferWriter<byte> output = new(16 * 1024);
    private int[] quadStarts = [];
    private int[] quadsOfNodes = [];
    private int[] nodes = [];
    private int nodeCount;
    private int[] labels = [];
    private int[] ranks = [];
    private int[] distinct = [];
    private byte[] hashes = [];
    private int[] nodeIndexes = [];
    private int[] order = [];
    private int[] sortKeys = [];
    private int[] places = [];
    private int labelCount;

    // What c14n0, c14n1, ... look like, each at its number times LabelSize, and how long each is.
    private byte[] labelTexts = [];
    private byte[] labelLengths = [];
    private int writtenLabels;

    public Canonicalization()
    {
        byHash = (left, right) => Hash(left).SequenceCompareTo(Hash(right));
        byText = CompareTerms;
        byObjectThenGraph = (left, right) =>
        {
            var (a, b) = (Set.Quads[left], Set.Quads[right]);
            var byObject = CompareTerms(a.Object, b.Object);
            return byObject != 0 ? byObject : CompareTerms(a.Graph, b.Graph);
        };
    }

    /// <summary>The canonical N-Quads of the last run: one line a quad, in code point order. Valid until the next run.</summary>
    public ReadOnlySpan<byte> NQuads => output.WrittenSpan;

    /// <summary>How many blank nodes the last run labeled.</summary>
    public int LabelCount => labelCount;

    /// <summary>The most bytes that the canonical form may have; a longer one is refused before it is begun.</summary>
    public int ByteLimit { get; set; } = 256 * 1024 * 1024;

    internal QuadSet Set { get; private set; } = new(byteLimit: 0);

    /// <summary>What telling alike nodes apart took in the last run, in the units of <see cref="NDegreeHashing.WorkLimit"/>.</summary>
    internal int NDegreeWork { get; private set; }

    /// <summary>Bytes of one hash in hexadecimal, which is how the algorithm hands hashes around.</summary>
    internal int HashLength { get; private set; }

    /// <summary>The number in the label <c>c14nN</c> of a blank node term of the last run's set.</summary>
    public int Label(int term) => labels[term];

    /// <summary>Canonicalizes the set, which stays as it is; the answer is <see cref="NQuads"/>.</summary>
    /// <param name="algorithm">SHA-256 or SHA-384.</param>
    /// <exception cref="RdfException"><c>rdf-too-complex</c>: blank nodes are so alike that labeling them would take more than
    /// the bounded work; <c>rdf-too-large</c>: the form would have more than <see cref="ByteLimit"/>.</exception>
    public void Run(QuadSet quads, HashAlgorithmName algorithm)
    {
        ArgumentNullException.ThrowIfNull(quads);
        Set = quads;
        HashLength = algorithm == HashAlgorithmName.SHA256 ? 64 : algorithm == HashAlgorithmName.SHA384 ? 96
            : throw new ArgumentException("RDFC-1.0 is used with SHA-256 and SHA-384.", nameof(algorithm));
        output.ResetWrittenCount();
        labelCount = 0;
        NDegreeWork = 0;
        RequireLength();
        MapNodesToQuads();
        HashFirstDegree();
        LabelNodes();
        WriteLabels();
        SortQuads();
        WriteQuads();
    }

    // The terms together are bounded where they are read, but each may stand in any number of quads.
    private void RequireLength()
    {
        if (4L * (Set.LongestTerm + 1) * Set.Count <= ByteLimit)
        {
            return;
        }

        var length = 0L;
        foreach (var quad in Set.Quads)
        {
            length += Set.Text(quad.Subject).Length + Set.Text(quad.Predicate).Length + Set.Text(quad.Object).Length + Set.Text(quad.Graph).Length + 4;
        }

        if (length > ByteLimit)
        {
            throw new RdfException(RdfException.TooLarge, $"The graph's canonical form takes more than {ByteLimit} bytes.");
        }
    }

    internal ReadOnlySpan<int> QuadsOf(int node) => quadsOfNodes.AsSpan(quadStarts[node], quadStarts[node + 1] - quadStarts[node]);

    /// <summary>The first-degree hash of a blank node, in hexadecimal.</summary>
    internal ReadOnlySpan<byte> Hash(int node) => hashes.AsSpan(nodeIndexes[node] * HashLength, HashLength);

    internal void Issue(int node)
    {
        if (labels[node] < 0)
        {
            labels[node] = labelCount++;
        }
    }

    /// <summary>4.4.3 step 2: which quads mention a blank node; a quad that does so twice counts once.</summary>
    private void MapNodesToQuads()
    {
        var termCount = Set.TermCount;
        Reserve(ref quadStarts, termCount + 2);
        Reserve(ref labels, termCount);
        Reserve(ref nodeIndexes, termCount);
        Reserve(ref nodes, termCount);
        Reserve(ref ranks, termCount);
        Reserve(ref distinct, termCount);
        var starts = quadStarts.AsSpan(0, termCount + 2);
        starts.Clear();
        labels.AsSpan(0, termCount).Fill(-1);
        nodeCount = 0;
        for (var term = 1; term < termCount; term++)
        {
            nodeIndexes[term] = -1;
            if (Set.Kind(term) == TermKind.BlankNode)
            {
                nodeIndexes[term] = 0;
            }
        }

        nodeIndexes[0] = -1;
        foreach (var quad in Set.Quads)
        {
            // Counted two places on, so that filling leaves each start where it belongs.
            if (nodeIndexes[quad.Subject] >= 0)
            {
                starts[quad.Subject + 2]++;
            }

            if (nodeIndexes[quad.Object] >= 0 && quad.Object != quad.Subject)
            {
                starts[quad.Object + 2]++;
            }

            if (nodeIndexes[quad.Graph] >= 0 && quad.Graph != quad.Subject && quad.Graph != quad.Object)
            {
                starts[quad.Graph + 2]++;
            }
        }

        for (var term = 1; term < termCount; term++)
        {
            // A term that no quad uses is no node of the dataset.
            if (starts[term + 2] > 0)
            {
                nodeIndexes[term] = nodeCount;
                nodes[nodeCount++] = term;
            }
        }

        for (var at = 1; at < starts.Length; at++)
        {
            starts[at] += starts[at - 1];
        }

        Reserve(ref quadsOfNodes, starts[^1]);
        for (var index = 0; index < Set.Quads.Length; index++)
        {
            var quad = Set.Quads[index];
            if (nodeIndexes[quad.Subject] >= 0)
            {
                quadsOfNodes[starts[quad.Subject + 1]++] = index;
            }

            if (nodeIndexes[quad.Object] >= 0 && quad.Object != quad.Subject)
            {
                quadsOfNodes[starts[quad.Object + 1]++] = index;
            }

            if (nodeIndexes[quad.Graph] >= 0 && quad.Graph != quad.Subject && quad.Graph != quad.Object)
            {
                quadsOfNodes[starts[quad.Graph + 1]++] = index;
            }
        }
    }

    /// <summary>4.6.3: the lines that mention a node, with itself as <c>_:a</c> and every other blank node as <c>_:z</c>.</summary>
    private void HashFirstDegree()
    {
        Reserve(ref hashes, nodeCount * HashLength);
        for (var index = 0; index < nodeCount; index++)
        {
            var node = nodes[index];
            lines.Clear();
            foreach (var mention in QuadsOf(node))
            {
                var quad = Set.Quads[mention];
                lines.Add(Masked(quad.Subject, node));
                lines.Add(" "u8);
                lines.Add(Set.Text(quad.Predicate));
                lines.Add(" "u8);
                lines.Add(Masked(quad.Object, node));
                if (quad.Graph != QuadSet.DefaultGraph)
                {
                    lines.Add(" "u8);
                    lines.Add(Masked(quad.Graph, node));
                }

                lines.Add(" .\n"u8);
                lines.EndLine();
            }

            HashHex(lines.Sorted(), hashes.AsSpan(index * HashLength, HashLength));
        }
    }

    internal void HashHex(ReadOnlySpan<byte> data, Span<byte> hex)
    {
        Span<byte> digest = stackalloc byte[SHA384.HashSizeInBytes];
        var length = HashLength == 64 ? Sha2.Hash256(data, digest) : Sha2.Hash384(data, digest);
        Convert.TryToHexStringLower(digest[..length], hex, out _);
    }

    private ReadOnlySpan<byte> Masked(int term, int node) =>
        nodeIndexes[term] < 0 ? Set.Text(term) : term == node ? "_:a"u8 : "_:z"u8;

    /// <summary>4.4.3 steps 4 and 5: nodes of a unique hash in the order of the hashes, then the nodes that share one.</summary>
    private void LabelNodes()
    {
        var sorted = nodes.AsSpan(0, nodeCount);
        sorted.Sort(byHash);
        var areUnique = true;
        for (var at = 0; at < sorted.Length; at++)
        {
            if ((at > 0 && SameHash(sorted[at - 1], sorted[at])) || (at + 1 < sorted.Length && SameHash(sorted[at], sorted[at + 1])))
            {
                areUnique = false;
            }
            else
            {
                Issue(sorted[at]);
            }
        }

        if (!areUnique)
        {
            var hashing = new NDegreeHashing(this);
            try
            {
                hashing.Label(sorted);
            }
            finally
            {
                NDegreeWork = hashing.Work;
            }
        }
    }

    internal bool SameHash(int left, int right) => Hash(left).SequenceEqual(Hash(right));

    /// <summary>
    /// Code point order of whole lines, found term by term: no term's text goes on where another's ends except after a quote,
    /// with <c>@</c>, <c>^</c>, <c>-</c> or a digit, all of which come after the space; and the dot comes before any graph.
    /// </summary>
    private void SortQuads()
    {
        var count = Set.Count;
        Reserve(ref order, count);
        Reserve(ref sortKeys, count);
        var quads = Set.Quads;
        var subjects = Rank(subjects: true);

        // Counted one place on: each subject's quads go where those before it end.
        Reserve(ref places, subjects + 1);
        var ends = places.AsSpan(0, subjects + 1);
        ends.Clear();
        foreach (var quad in quads)
        {
            ends[ranks[quad.Subject] + 1]++;
        }

        for (var subject = 0; subject < subjects; subject++)
        {
            ends[subject + 1] += ends[subject];
        }

        for (var index = 0; index < count; index++)
        {
            order[ends[ranks[quads[index].Subject]]++] = index;
        }

        Rank(subjects: false);
        for (var (start, subject) = (0, 0); subject < subjects; start = ends[subject++])
        {
            SortSubject(order.AsSpan(start, ends[subject] - start));
        }
    }

    /// <summary>Orders the quads of one subject by predicate; those of one predicate by object and graph.</summary>
    private void SortSubject(Span<int> sorted)
    {
        if (sorted.Length < 2)
        {
            return;
        }

        var keys = sortKeys.AsSpan(0, sorted.Length);
        for (var at = 0; at < keys.Length; at++)
        {
            keys[at] = ranks[Set.Quads[sorted[at]].Predicate];
        }

        keys.Sort(sorted);
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                sorted[start..end].Sort(byObjectThenGraph);
            }

            start = end;
        }
    }

    /// <summary>Gives each distinct subject (or predicate) its place among them.</summary>
    /// <returns>How many there are.</returns>
    private int Rank(bool subjects)
    {
        var count = 0;
        ranks.AsSpan(0, Set.TermCount).Fill(-1);
        foreach (var quad in Set.Quads)
        {
            var term = subjects ? quad.Subject : quad.Predicate;
            if (ranks[term] < 0)
            {
                ranks[term] = 0;
                distinct[count++] = term;
            }
        }

        distinct.AsSpan(0, count).Sort(byText);
        for (var place = 0; place < count; place++)
        {
            ranks[distinct[place]] = place;
        }

        return count;
    }

    private int CompareTerms(int left, int right)
    {
        if (left == right)
        {
            return 0;
        }

        if (labels[left] < 0 && labels[right] < 0)
        {
            return Set.Text(left).SequenceCompareTo(Set.Text(right));
        }

        return CanonicalText(left).SequenceCompareTo(CanonicalText(right));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> CanonicalText(int term) =>
        labels[term] is >= 0 and var label ? labelTexts.AsSpan(label * LabelSize, labelLengths[label]) : Set.Text(term);

    // They are the same in every run, so that only those are written that no run before needed.
    private void WriteLabels()
    {
        if (labelLengths.Length < labelCount || labelLengths.Length > KeptItems)
        {
            labelLengths = new byte[Math.Max(256, labelCount)];
            labelTexts = new byte[labelLengths.Length * LabelSize];
            writtenLabels = 0;
        }

        for (; writtenLabels < labelCount; writtenLabels++)
        {
            var text = labelTexts.AsSpan(writtenLabels * LabelSize, LabelSize);
            "_:c14n"u8.CopyTo(text);
            writtenLabels.TryFormat(text[6..], out var digits, default, CultureInfo.InvariantCulture);
            labelLengths[writtenLabels] = (byte)(6 + digits);
        }
    }

    private void WriteQuads()
    {
        for (var at = 0; at < Set.Count; at++)
        {
            var quad = Set.Quads[order[at]];
            var subject = CanonicalText(quad.Subject);
            var predicate = Set.Text(quad.Predicate);
            var value = CanonicalText(quad.Object);
            var line = output.GetSpan(subject.Length + predicate.Length + value.Length + Set.Text(quad.Graph).Length + 64);
            var length = Write(subject, line);
            line[length++] = (byte)' ';
            length += Write(predicate, line[length..]);
            line[length++] = (byte)' ';
            length += Write(value, line[length..]);
            if (quad.Graph != QuadSet.DefaultGraph)
            {
                line[length++] = (byte)' ';
                length += Write(CanonicalText(quad.Graph), line[length..]);
            }

            line[length] = (byte)' ';
            line[length + 1] = (byte)'.';
            line[length + 2] = (byte)'\n';
            output.Advance(length + 3);
        }
    }

    private static int Write(ReadOnlySpan<byte> text, Span<byte> line)
    {
        text.CopyTo(line);
        return text.Length;
    }

    private static void Reserve<T>(ref T[] array, int needed)
    {
        // What one large document asked for is not kept for all the small ones after it.
        if (array.Length < needed || (array.Length > KeptItems && needed < KeptItems))
        {
            array = new T[Math.Max(256, needed < KeptItems ? (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)needed) : needed)];
        }
    }
}
