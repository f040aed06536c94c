using System.Buffers;
using System.Runtime.CompilerServices;

namespace SkillBadges.Credentials.Rdf;

/// <summary>
/// A set of quads, made to be filled, canonicalized and cleared many thousand times a second.
/// </summary>
/// <remarks>
/// <para>Every distinct term is stored once, as its canonical N-Quads text (RDFC-1.0, REC 2024-05-21, section 5), in one UTF-8
/// buffer: <c>&lt;iri&gt;</c>, <c>_:label</c>, <c>"escaped"</c>, <c>"escaped"@en</c>, <c>"escaped"^^&lt;datatype&gt;</c>
/// (an xsd:string carries no datatype). So two terms are equal when their numbers are, a quad is four numbers, and a line of
/// output is four slices with spaces between them. Term numbers run from 1 to <see cref="TermCount"/> - 1; number 0 is
/// <see cref="DefaultGraph"/>, whose text is empty.</para>
/// <para>Fill: <c>set.Add(set.Iri(s), set.Iri(p), set.Literal(value, datatype), QuadSet.DefaultGraph)</c>; a quad that is there
/// already is not added again. Read: <see cref="Quads"/>, <see cref="Text"/>, <see cref="Kind"/>. Spans are valid until the next
/// term is added. Labels of blank nodes are those of the input; <see cref="FreshBlankNode"/> makes <c>_:b0</c>, <c>_:b1</c>, ...
/// and does not look whether the input has such a label too. Not safe for use by several threads at once.</para>
/// </remarks>
public sealed class QuadSet
{
    /// <summary>The graph number of a quad that is in no named graph.</summary>
    public const int DefaultGraph = 0;

    private const int InitialSlots = 512;
    private const int KeptBytes = 1 << 20;

    private static ReadOnlySpan<byte> StringDatatype => "http://www.w3.org/2001/XMLSchema#string"u8;

    private readonly int byteLimit;
    private byte[] bytes = new byte[16 * 1024];
    private int length;
    private Term[] terms = new Term[256];
    private int termCount = 1;
    private int[] termSlots = new int[InitialSlots];
    private Quad[] quads = new Quad[256];
    private int quadCount;
    private int[] quadSlots = new int[InitialSlots];
    private int freshCount;

    /// <param name="byteLimit">The most bytes that all terms together may take.</param>
    public QuadSet(int byteLimit = 32 * 1024 * 1024)
    {
        this.byteLimit = byteLimit;
    }

    /// <summary>How many different quads there are.</summary>
    public int Count => quadCount;

    /// <summary>One more than the highest term number.</summary>
    public int TermCount => termCount;

    /// <summary>Bytes of the longest term's text.</summary>
    internal int LongestTerm { get; private set; }

    /// <summary>The quads in the order of their first appearance.</summary>
    public ReadOnlySpan<Quad> Quads => quads.AsSpan(0, quadCount);

    /// <summary>The canonical N-Quads text of a term; empty for <see cref="DefaultGraph"/>.</summary>
    public ReadOnlySpan<byte> Text(int term)
    {
        ref readonly var found = ref terms[term];
        return bytes.AsSpan(found.Offset, found.Length);
    }

    public TermKind Kind(int term)
    {
        ref readonly var found = ref terms[term];
        if (found.Length == 0)
        {
            return TermKind.None;
        }

        return bytes[found.Offset] switch
        {
            (byte)'<' => TermKind.Iri,
            (byte)'_' => TermKind.BlankNode,
            _ => TermKind.Literal,
        };
    }

    /// <summary>The term of an IRI, given without angle brackets. Whether it is well-formed is the caller's concern.</summary>
    public int Iri(ReadOnlySpan<byte> iri)
    {
        var start = length;
        AppendIri(iri);
        return EndTerm(start);
    }

    /// <summary>The same for an IRI that is known to be well-formed.</summary>
    internal int WellFormedIri(ReadOnlySpan<byte> iri)
    {
        var start = length;
        Reserve(iri.Length + 2);
        bytes[length] = (byte)'<';
        iri.CopyTo(bytes.AsSpan(length + 1));
        length += iri.Length + 2;
        bytes[length - 1] = (byte)'>';
        return EndTerm(start);
    }

    /// <summary>The term of a blank node, given without <c>_:</c>. The label is taken as it is.</summary>
    public int BlankNode(ReadOnlySpan<byte> label)
    {
        var start = length;
        Append("_:"u8);
        Append(label);
        return EndTerm(start);
    }

    /// <summary>A blank node with the next label of <c>b0</c>, <c>b1</c>, ...</summary>
    public int FreshBlankNode()
    {
        Span<byte> label = stackalloc byte[16];
        label[0] = (byte)'b';
        freshCount.TryFormat(label[1..], out var digits, provider: System.Globalization.CultureInfo.InvariantCulture);
        freshCount++;
        return BlankNode(label[..(digits + 1)]);
    }

    /// <summary>A string literal (xsd:string).</summary>
    public int Literal(ReadOnlySpan<byte> value)
    {
        var start = length;
        AppendQuoted(value);
        return EndTerm(start);
    }

    /// <summary>A literal with a datatype IRI.</summary>
    public int Literal(ReadOnlySpan<byte> value, ReadOnlySpan<byte> datatype)
    {
        var start = length;
        AppendQuoted(value);
        if (!datatype.SequenceEqual(StringDatatype))
        {
            Append("^^"u8);
            AppendIri(datatype);
        }

        return EndTerm(start);
    }

    /// <summary>What follows the escaped value in a literal of a well-formed datatype.</summary>
    internal static byte[] LiteralEnd(ReadOnlySpan<byte> datatype) =>
        datatype.SequenceEqual(StringDatatype) ? [(byte)'"'] : [.. "\"^^<"u8, .. datatype, (byte)'>'];

    internal int ReadyLiteral(ReadOnlySpan<byte> value, ReadOnlySpan<byte> literalEnd)
    {
        var start = length;
        AppendOpenQuoted(value);
        Append(literalEnd);
        return EndTerm(start);
    }

    /// <summary>A language-tagged string. The tag keeps its letter case.</summary>
    public int LanguageLiteral(ReadOnlySpan<byte> value, ReadOnlySpan<byte> language)
    {
        var start = length;
        AppendQuoted(value);
        Append("@"u8);
        Append(language);
        return EndTerm(start);
    }

    /// <summary>The term with this canonical N-Quads text, which is trusted to be one.</summary>
    internal int Ready(ReadOnlySpan<byte> text, uint hash)
    {
        ref var slot = ref FindTerm(text, hash);
        if (slot != 0)
        {
            return slot;
        }

        var start = length;
        Append(text);
        return NewTerm(ref slot, start, hash);
    }

    internal int Ready(ReadOnlySpan<byte> text) => Ready(text, ByteHash.Of(text));

    /// <summary>Adds a quad of terms of this set.</summary>
    /// <returns>False when the set holds it already.</returns>
    public bool Add(int subject, int predicate, int @object, int graph)
    {
        var quad = new Quad(subject, predicate, @object, graph);
        var slot = FindQuad(quad);
        if (quadSlots[slot] != 0)
        {
            return false;
        }

        if (quadCount == quads.Length)
        {
            Array.Resize(ref quads, quadCount * 2);
        }

        quads[quadCount++] = quad;
        quadSlots[slot] = quadCount;
        if (quadCount * 2 > quadSlots.Length)
        {
            quadSlots = new int[quadSlots.Length * 2];
            for (var i = 0; i < quadCount; i++)
            {
                quadSlots[FindQuad(quads[i])] = i + 1;
            }
        }

        return true;
    }

    /// <summary>Empties the set and keeps its memory, unless that has grown beyond the usual.</summary>
    public void Clear()
    {
        if (bytes.Length > KeptBytes || termSlots.Length > KeptBytes / 16 || quadSlots.Length > KeptBytes / 16)
        {
            bytes = new byte[16 * 1024];
            terms = new Term[256];
            quads = new Quad[256];
            termSlots = new int[InitialSlots];
            quadSlots = new int[InitialSlots];
        }
        else
        {
            Array.Clear(termSlots);
            Array.Clear(quadSlots);
        }

        length = 0;
        termCount = 1;
        quadCount = 0;
        freshCount = 0;
        LongestTerm = 0;
    }

    private void AppendIri(ReadOnlySpan<byte> iri)
    {
        Append("<"u8);
        if (NQuads.NeedsIriEscape(iri))
        {
            var escaped = new ArrayBufferWriter<byte>(iri.Length + 32);
            NQuads.WriteIriEscaped(iri, escaped);
            Append(escaped.WrittenSpan);
        }
        else
        {
            Append(iri);
        }

        Append(">"u8);
    }

    private void AppendQuoted(ReadOnlySpan<byte> value)
    {
        AppendOpenQuoted(value);
        Append("\""u8);
    }

    private void AppendOpenQuoted(ReadOnlySpan<byte> value)
    {
        var plain = NQuads.LengthWithoutEscape(value);
        Reserve(plain + 1);
        bytes[length++] = (byte)'"';
        value[..plain].CopyTo(bytes.AsSpan(length));
        length += plain;
        while (plain < value.Length)
        {
            Append(NQuads.EscapeAt(value[plain..], out var consumed));
            value = value[(plain + consumed)..];
            plain = NQuads.LengthWithoutEscape(value);
            Append(value[..plain]);
        }
    }

    private void Reserve(int more)
    {
        if (more > bytes.Length - length)
        {
            Grow(more);
        }
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(bytes.AsSpan(length));
        length += text.Length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int more)
    {
        var needed = (long)length + more;
        if (needed > byteLimit)
        {
            throw new RdfException(RdfException.TooLarge, $"The graph's terms take more than {byteLimit} bytes.");
        }

        Array.Resize(ref bytes, (int)Math.Min(byteLimit, Math.Max(needed, bytes.Length * 2L)));
    }

    private int EndTerm(int start)
    {
        var text = bytes.AsSpan(start, length - start);
        var hash = ByteHash.Of(text);
        ref var slot = ref FindTerm(text, hash);
        if (slot != 0)
        {
            length = start;
            return slot;
        }

        return NewTerm(ref slot, start, hash);
    }

    private int NewTerm(ref int slot, int start, uint hash)
    {
        if (termCount == terms.Length)
        {
            Array.Resize(ref terms, termCount * 2);
        }

        var number = termCount++;
        LongestTerm = Math.Max(LongestTerm, length - start);
        terms[number] = new Term(start, length - start, hash);
        slot = number;
        if (termCount * 2 > termSlots.Length)
        {
            GrowTermSlots();
        }

        return number;
    }

    private void GrowTermSlots()
    {
        termSlots = new int[termSlots.Length * 2];
        var mask = termSlots.Length - 1;
        for (var number = 1; number < termCount; number++)
        {
            var at = (int)terms[number].Hash & mask;
            while (termSlots[at] != 0)
            {
                at = (at + 1) & mask;
            }

            termSlots[at] = number;
        }
    }

    private ref int FindTerm(ReadOnlySpan<byte> text, uint hash)
    {
        var mask = termSlots.Length - 1;
        var at = (int)hash & mask;
        while (true)
        {
            ref var slot = ref termSlots[at];
            if (slot == 0)
            {
                return ref slot;
            }

            ref readonly var term = ref terms[slot];
            if (term.Hash == hash && term.Length == text.Length && bytes.AsSpan(term.Offset, term.Length).SequenceEqual(text))
            {
                return ref slot;
            }

            at = (at + 1) & mask;
        }
    }

    private int FindQuad(Quad quad)
    {
        var mask = quadSlots.Length - 1;
        var at = (int)ByteHash.OfQuad(quad) & mask;
        while (true)
        {
            var found = quadSlots[at];
            if (found == 0 || quads[found - 1] == quad)
            {
                return at;
            }

            at = (at + 1) & mask;
        }
    }

    private readonly record struct Term(int Offset, int Length, uint Hash);
}
