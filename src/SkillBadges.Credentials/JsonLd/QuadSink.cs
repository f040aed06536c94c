using System.Buffers;
using System.Text;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Proofs;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>
/// Deserializing JSON-LD to RDF (JSON-LD 1.1 API, REC 2020-07-16, 8) without the node map between: a set of quads needs none.
/// The number of a node or value is its term's.
/// </summary>
/// <param name="losesDirection">Without a form for it, a text's direction is left out; else the whole value is.</param>
internal struct QuadSink(QuadSet set, RdfDirection rdfDirection, bool losesDirection) : IExpansionSink
{
    private const int Lost = -1;
    private const int FirstList = -2;

    private static readonly SearchValues<byte> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);

    private static readonly ReadyTerm RdfType = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");
    private static readonly ReadyTerm RdfFirst = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#first");
    private static readonly ReadyTerm RdfRest = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest");
    private static readonly ReadyTerm RdfNil = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#nil");
    private static readonly ReadyTerm RdfValue = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#value");
    private static readonly ReadyTerm RdfLanguage = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#language");
    private static readonly ReadyTerm RdfDirectionTerm = new("http://www.w3.org/1999/02/22-rdf-syntax-ns#direction");

    // The number of a list is FirstList minus its place here.
    private readonly List<int[]> lists = [];

    private int graph = QuadSet.DefaultGraph;

    public readonly int Node(scoped ReadOnlySpan<byte> id)
    {
        if (id.StartsWith("_:"u8))
        {
            return BlankNode(id[2..]);
        }

        return IriReference.IsWellFormed(id) ? set.WellFormedIri(id) : Lost;
    }

    public readonly int AnonymousNode() => set.FreshBlankNode();

    public readonly int NullNode() => Lost;

    public int OpenGraph(int node)
    {
        var outer = graph;
        graph = node;
        return outer;
    }

    public void CloseGraph(int node, scoped ReadOnlySpan<Item> items, int opened) => graph = opened;

    public readonly bool Type(int node, scoped ExpandedIri type)
    {
        var term = type.Definition is { Ready.Length: > 0 } definition
            ? set.Ready(definition.Ready, definition.ReadyHash)
            : type.IsNull || type.Keyword != Keyword.None ? Lost : Node(type.Iri);
        return Add(node, RdfType.In(set), term);
    }

    public readonly bool Property(int node, TermDefinition property, int value)
    {
        if (property.Ready.Length == 0 || node < 0 || graph < 0)
        {
            return false;
        }

        return Add(node, set.Ready(property.Ready, property.ReadyHash), value <= FirstList ? WriteList(value) : value);
    }

    public readonly bool Reverse(int node, TermDefinition property, int value) => Property(value, property, node);

    public readonly void Touch(int node, TermDefinition property, bool reverse)
    {
        // A property without values has no quads.
    }

    public readonly void Included(int node, int included)
    {
        // What is included stands by itself.
    }

    public readonly void Index(int item, scoped ReadOnlySpan<byte> index)
    {
        // An index is no statement.
    }

    /// <summary>The list waits for the property it belongs to, since it is lost together with it.</summary>
    public readonly int List(scoped ReadOnlySpan<Item> items)
    {
        var handles = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            handles[i] = items[i].Handle;
        }

        lists.Add(handles);
        return FirstList - (lists.Count - 1);
    }

    public readonly int Value(scoped in ValueParts value)
    {
        if (value.IsJson)
        {
            return JsonLiteral(value);
        }

        if (value.LiteralEnd.IsEmpty && !value.Datatype.IsEmpty && !IriReference.IsWellFormed(value.Datatype))
        {
            return Lost;
        }

        return value.Tape.Kind(value.Token) switch
        {
            TokenKind.String => StringLiteral(value),
            TokenKind.Number => NumberLiteral(value),
            var truth => set.Literal(
                truth == TokenKind.True ? "true"u8 : "false"u8,
                value.Datatype.IsEmpty ? "http://www.w3.org/2001/XMLSchema#boolean"u8 : value.Datatype),
        };
    }

    private readonly bool Add(int subject, int predicate, int value)
    {
        if (subject < 0 || value < 0 || graph < 0)
        {
            return false;
        }

        set.Add(subject, predicate, value, graph);
        return true;
    }

    private readonly int WriteList(int list)
    {
        var items = lists[FirstList - list];
        var rest = RdfNil.In(set);
        for (var i = items.Length - 1; i >= 0; i--)
        {
            var cell = set.FreshBlankNode();
            Add(cell, RdfFirst.In(set), items[i] <= FirstList ? WriteList(items[i]) : items[i]);
            Add(cell, RdfRest.In(set), rest);
            rest = cell;
        }

        return rest;
    }

    /// <summary>Labels of the document get a letter in front, so that they differ from those that are made.</summary>
    private readonly int BlankNode(ReadOnlySpan<byte> label)
    {
        var plain = !label.IsEmpty && label.IndexOfAnyExcept(LabelCharacters) < 0;
        return set.BlankNode(plain ? [(byte)'n', .. label] : [(byte)'x', .. Encoding.ASCII.GetBytes(Convert.ToHexString(label))]);
    }

    private readonly int StringLiteral(scoped in ValueParts value)
    {
        var text = value.Tape.Text(value.Token);
        if (!value.LiteralEnd.IsEmpty)
        {
            return set.ReadyLiteral(text, value.LiteralEnd);
        }

        if (!value.Datatype.IsEmpty)
        {
            return set.Literal(text, value.Datatype);
        }

        if (!value.Language.IsEmpty && !IsLanguageTag(value.Language))
        {
            return Lost;
        }

        if (value.Direction is TextDirection.LeftToRight or TextDirection.RightToLeft)
        {
            return DirectedLiteral(text, value);
        }

        return value.Language.IsEmpty ? set.Literal(text) : set.LanguageLiteral(text, value.Language);
    }

    private readonly int DirectedLiteral(ReadOnlySpan<byte> text, scoped in ValueParts value)
    {
        var direction = value.Direction == TextDirection.LeftToRight ? "ltr" : "rtl";
        var language = Encoding.ASCII.GetString(value.Language).ToLowerInvariant();
        switch (rdfDirection)
        {
            case RdfDirection.I18nDatatype:
                return set.Literal(text, Encoding.ASCII.GetBytes($"https://www.w3.org/ns/i18n#{language}_{direction}"));
            case RdfDirection.CompoundLiteral:
                var node = set.FreshBlankNode();
                Add(node, RdfValue.In(set), set.Literal(text));
                Add(node, RdfDirectionTerm.In(set), set.Literal(Encoding.ASCII.GetBytes(direction)));
                if (language.Length > 0)
                {
                    Add(node, RdfLanguage.In(set), set.Literal(Encoding.ASCII.GetBytes(language)));
                }

                return node;
            default:
                if (losesDirection)
                {
                    return value.Language.IsEmpty ? set.Literal(text) : set.LanguageLiteral(text, value.Language);
                }

                return Lost;
        }
    }

    private readonly int NumberLiteral(scoped in ValueParts value)
    {
        if (!CanonicalNumber.TryRead(value.Tape.Text(value.Token), out var number))
        {
            throw new JsonLdException(JsonLdError.InvalidValueObjectValue, "A number is beyond the range of a double.", value.Tape.PathOf(value.Token));
        }

        var isDouble = !CanonicalNumber.IsInteger(number) || value.Datatype.SequenceEqual("http://www.w3.org/2001/XMLSchema#double"u8);
        var datatype = !value.Datatype.IsEmpty ? value.Datatype
            : isDouble ? "http://www.w3.org/2001/XMLSchema#double"u8 : "http://www.w3.org/2001/XMLSchema#integer"u8;
        return set.Literal(Encoding.ASCII.GetBytes(isDouble ? CanonicalNumber.Double(number) : CanonicalNumber.Integer(number)), datatype);
    }

    private readonly int JsonLiteral(scoped in ValueParts value)
    {
        var json = new ArrayBufferWriter<byte>();
        value.Tape.WriteJson(value.Token, json);
        try
        {
            return set.Literal(JsonCanonicalization.Canonicalize(json.WrittenSpan), "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"u8);
        }
        catch (MalformedException fault)
        {
            throw new JsonLdException(JsonLdError.InvalidJsonLiteral, fault.Message, value.Tape.PathOf(value.Token));
        }
    }

    /// <summary>The shape of BCP 47: parts of one to eight letters and digits, the first without digits.</summary>
    private static bool IsLanguageTag(ReadOnlySpan<byte> tag)
    {
        var first = true;
        foreach (var range in tag.Split((byte)'-'))
        {
            var part = tag[range];
            if (part.Length is 0 or > 8)
            {
                return false;
            }

            foreach (var character in part)
            {
                if (!char.IsAsciiLetter((char)character) && (first || !char.IsAsciiDigit((char)character)))
                {
                    return false;
                }
            }

            first = false;
        }

        return true;
    }

    /// <summary>A term of the RDF vocabulary, ready to be put into any set.</summary>
    private sealed class ReadyTerm
    {
        private readonly byte[] text;
        private readonly uint hash;

        public ReadyTerm(string iri)
        {
            text = Encoding.ASCII.GetBytes($"<{iri}>");
            hash = ByteHash.Of(text);
        }

        public int In(QuadSet set) => set.Ready(text, hash);
    }
}
