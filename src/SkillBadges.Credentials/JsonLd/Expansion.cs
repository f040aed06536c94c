using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>
/// Expansion (JSON-LD 1.1 API, REC 2020-07-16, 5.1.2) as one pass that feeds a sink while it goes. Step numbers are those of the
/// Recommendation. What is rare is in the other parts of this class.
/// </summary>
internal sealed partial class Expansion<TSink>
    where TSink : struct, IExpansionSink
{
    private TokenTape tape = null!;
    private int root;
    private int leftOut;
    private LocalContext? givenContext;
    private TermDefinition?[] members = new TermDefinition?[256];
    private int memberCount;
    private Item[] items = new Item[256];
    private int itemCount;
    private ContextCompiler contexts = null!;
    private byte[] documentBase = [];
    private bool safe;

    // Whether the object expanded last was a set with an array.
    private bool cameToArray;
    private TSink sink;

    /// <summary>Expands a document into a sink and returns the sink, which then holds everything.</summary>
    /// <param name="topLevel">What is told of the items at the top.</param>
    public TSink Run(in DocumentPart document, JsonLdOptions options, TSink into, List<Item>? topLevel)
    {
        (tape, root, leftOut, givenContext) = document;
        sink = into;
        safe = options.Safe;
        memberCount = 0;
        itemCount = 0;
        contexts = options.Compiler();
        documentBase = options.BaseBytes;
        ExpandElement(options.InitialContext(contexts), null, root, new Place());
        topLevel?.AddRange(items.AsSpan(0, itemCount));
        return sink;
    }

    private ReadOnlySpan<Item> ItemsFrom(int mark) => items.AsSpan(mark, itemCount - mark);

    private void Push(int handle, ItemKind kind)
    {
        if (itemCount == items.Length)
        {
            Array.Resize(ref items, itemCount * 2);
        }

        items[itemCount++] = new Item(handle, kind);
    }

    private void PushNode(int handle, int token)
    {
        if (handle < 0 && safe)
        {
            throw Fail(JsonLdError.RelativeIri, "An identifier is not an absolute, well-formed IRI, so it would be lost", token);
        }

        Push(handle, ItemKind.Reference);
    }

    /// <param name="property">The active property; null stands for none and for <c>@graph</c>, which are never told apart.</param>
    private void ExpandElement(ActiveContext active, TermDefinition? property, int token, Place place)
    {
        switch (tape.Kind(token))
        {
            case TokenKind.Null:
                return;
            case TokenKind.Object:
                ExpandObject(active, property, token, place);
                return;
            case TokenKind.Array:
                ExpandArray(active, property, token, place);
                return;
            default:
                ExpandScalar(active, property, token);
                return;
        }
    }

    private void ExpandArray(ActiveContext active, TermDefinition? property, int token, Place place)
    {
        var end = tape.Next(token);

        // Under the keyword @list, only what stands in it directly is a list again: the text has less, other processors have this.
        var within = new Place
        {
            InList = place.InList && property is not null && property.Container.HasFlag(Containers.List),
            FromMap = place.FromMap,
            InjectedId = place.InjectedId,
        };
        for (var item = token + 1; item < end; item = tape.Next(item))
        {
            var mark = itemCount;
            ExpandElement(active, property, item, within);
            if (place.InList && (tape.Is(item, TokenKind.Array) || (cameToArray && tape.Is(item, TokenKind.Object))))
            {
                WrapInList(mark);
            }
        }
    }

    private void WrapInList(int mark)
    {
        var list = sink.List(ItemsFrom(mark));
        itemCount = mark;
        Push(list, ItemKind.List);
    }

    /// <summary>Step 4, and value expansion (5.3.2).</summary>
    private void ExpandScalar(ActiveContext active, TermDefinition? property, int token)
    {
        if (property is null)
        {
            Drop("A value that belongs to no property", token);
            return;
        }

        if (property.Scoped is { } scoped)
        {
            active = contexts.Apply(active, scoped, ContextUse.Property);
        }

        ExpandValue(active, property, token);
    }

    private void ExpandValue(ActiveContext active, TermDefinition property, int token)
    {
        var isString = tape.Is(token, TokenKind.String);
        if (isString && property.Type is TypeMapping.Id or TypeMapping.Vocab)
        {
            var vocab = property.Type == TypeMapping.Vocab;
            var iri = IriExpansion.Expand(active, tape.Text(token), 0, vocab, documentRelative: true);
            PushNode(iri.IsNull ? sink.NullNode() : sink.Node(iri.Text), token);
            return;
        }

        ReadOnlySpan<byte> language = default;
        var direction = TextDirection.Unset;
        if (isString && property.Type is TypeMapping.None or TypeMapping.NoneValue)
        {
            language = property.HasLanguage ? property.Language : active.Language;
            direction = property.Direction == TextDirection.Unset ? active.Direction : property.Direction;
        }

        PushValue(new ValueParts { Tape = tape, Token = token, Datatype = property.Datatype, LiteralEnd = property.LiteralEnd, Language = language, Direction = direction });
    }

    private void PushValue(scoped in ValueParts value)
    {
        var handle = sink.Value(value);
        if (handle < 0 && safe)
        {
            throw Fail(JsonLdError.DroppedValue, "A value's datatype or language is not well-formed, so the value would be lost", value.Token);
        }

        Push(handle, ItemKind.Value);
    }

    /// <summary>Steps 7 to 20.</summary>
    private void ExpandObject(ActiveContext active, TermDefinition? property, int token, Place place)
    {
        if (active.Previous is { } previous && !place.FromMap && !KeepsContext(active, token))
        {
            active = previous;
        }

        if (property?.Scoped is { } scoped)
        {
            active = contexts.Apply(active, scoped, ContextUse.Property);
        }

        if (token == root && givenContext is not null)
        {
            active = contexts.Apply(active, givenContext, ContextUse.Document);
        }
        else if (tape[token].HasContext)
        {
            var local = new LocalContext(tape, tape.Find(token, "@context"u8), documentBase, shared: false);
            active = contexts.Apply(active, local, ContextUse.Document);
        }

        var typeScoped = active;
        active = ApplyTypeScoped(active, token);
        var node = new NodeFrame(active, typeScoped, memberCount);
        var fromSet = false;
        ReadMembers(ref node, token);
        if (node.Has(Keyword.Value))
        {
            ExpandValueObject(node, property, token);
        }
        else if (node.Has(Keyword.List) || node.Has(Keyword.Set))
        {
            fromSet = ExpandListOrSet(node, property, token);
        }
        else
        {
            ExpandNode(ref node, property, token, place);
        }

        memberCount = node.FirstMember;
        cameToArray = fromSet;
    }

    /// <summary>Step 7: a value object, or an object with an <c>@id</c> only, does not leave a context that does not propagate.</summary>
    private bool KeepsContext(ActiveContext active, int token)
    {
        var valueNames = active.NamesOf(Keyword.Value);
        if (MayHave(token, valueNames))
        {
            var end = tape.Next(token);
            for (var key = token + 1; key < end; key = tape.Next(key + 1))
            {
                if (IsNamed(key, valueNames))
                {
                    return true;
                }
            }
        }

        return tape[token].Length == 1 && IsNamed(token + 1, active.NamesOf(Keyword.Id));
    }

    /// <summary>Whether an object may have a member of one of these names; most that have none are told at once.</summary>
    private bool MayHave(int token, KeywordName[] names)
    {
        var marks = tape[token].Hash;
        foreach (ref readonly var name in names.AsSpan())
        {
            if ((marks & Token.Mark(name.Hash)) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNamed(int key, KeywordName[] names)
    {
        var hash = tape[key].Hash;
        foreach (ref readonly var name in names.AsSpan())
        {
            if (name.Hash == hash && key != leftOut && tape.Text(key).SequenceEqual(name.Name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Step 11.</summary>
    private ActiveContext ApplyTypeScoped(ActiveContext active, int token)
    {
        var typeNames = active.NamesOf(Keyword.Type);
        if (!MayHave(token, typeNames))
        {
            return active;
        }

        var first = -1;
        var end = tape.Next(token);
        for (var key = token + 1; key < end; key = tape.Next(key + 1))
        {
            if (IsNamed(key, typeNames))
            {
                if (first >= 0)
                {
                    return ApplyTypesOfSeveralMembers(active, token);
                }

                first = key;
            }
        }

        return first < 0 ? active : ApplyTypes(active, active, first + 1);
    }

    private ActiveContext ApplyTypes(ActiveContext active, ActiveContext typeScoped, int value)
    {
        TermDefinition? single = null;
        List<TermDefinition>? several = null;
        var isArray = tape.Is(value, TokenKind.Array);
        var end = tape.Next(value);
        for (var type = isArray ? value + 1 : value; type < end; type = tape.Next(type))
        {
            if (tape.Is(type, TokenKind.String) && typeScoped.Terms.Find(tape.Text(type), tape.HashOf(type)) is { Scoped: not null } term)
            {
                if (single is not null)
                {
                    several ??= [single];
                    several.Add(term);
                }

                single ??= term;
            }
        }

        if (several is null)
        {
            return single is null ? active : contexts.Apply(active, single.Scoped!, ContextUse.Type);
        }

        several.Sort((left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name));
        foreach (var term in several)
        {
            active = contexts.Apply(active, term.Scoped!, ContextUse.Type);
        }

        return active;
    }

    /// <summary>Looks every member's name up once (step 13.2) and notes which keywords there are.</summary>
    private void ReadMembers(ref NodeFrame node, int token)
    {
        var end = tape.Next(token);
        if (members.Length - memberCount < tape[token].Length)
        {
            Array.Resize(ref members, Math.Max(members.Length * 2, memberCount + tape[token].Length));
        }

        for (var key = token + 1; key < end; key = tape.Next(key + 1))
        {
            if (key == leftOut)
            {
                members[memberCount++] = null;
                continue;
            }

            var definition = node.Active.Terms.Find(tape.Text(key), tape[key].Hash);
            if (definition is null || definition.IsNull)
            {
                definition = definition is null ? DefineProperty(node.Active, key) : null;
                if (definition is null && safe)
                {
                    throw Fail(JsonLdError.UndefinedTerm, $"'{Quote(key)}' is not defined by the contexts, so it would be lost", key);
                }
            }
            else if (definition.Keyword != Keyword.None)
            {
                NoteKeyword(ref node, definition.Keyword, key);
            }

            members[memberCount++] = definition;
        }
    }

    private void NoteKeyword(ref NodeFrame node, Keyword keyword, int key)
    {
        if (node.Has(keyword) && keyword is not (Keyword.Type or Keyword.Included or Keyword.Nest or Keyword.Context))
        {
            throw Fail(JsonLdError.CollidingKeywords, "Two members of an object mean the same keyword", key);
        }

        node.Note(keyword);
        switch (keyword)
        {
            case Keyword.Id:
                node.Id = key + 1;
                break;
            case Keyword.Graph:
                node.Graph = key + 1;
                node.GraphContext = node.Active;
                break;
            case Keyword.Nest:
                ReadNest(ref node, key);
                break;
        }
    }

    private void ExpandNode(ref NodeFrame node, TermDefinition? property, int token, Place place)
    {
        var handle = MakeNode(node, place.InjectedId);
        var entries = ExpandMembers(node, handle, token, node.FirstMember, reverse: false);
        if (node.Graph >= 0)
        {
            if (token == root && entries == 0 && node.Id < 0)
            {
                // Only @graph at the very top: what is in it is the document.
                ExpandElement(node.GraphContext!, null, node.Graph, new Place());
                return;
            }

            ExpandGraph(node, handle);
            Push(handle, entries == 0 || (entries == 1 && node.Has(Keyword.Index)) ? ItemKind.Graph : ItemKind.Node);
            return;
        }

        if (entries == 0 && (property is null || (node.Has(Keyword.Language) && node.Id < 0)))
        {
            Drop("An object that says nothing", token);
            return;
        }

        Push(handle, entries == 0 ? ItemKind.Reference : ItemKind.Node);
    }

    private int MakeNode(in NodeFrame node, ReadOnlySpan<byte> injectedId)
    {
        if (node.Id < 0)
        {
            return injectedId.IsEmpty ? sink.AnonymousNode() : sink.Node(injectedId);
        }

        if (!tape.Is(node.Id, TokenKind.String))
        {
            throw Fail(JsonLdError.InvalidIdValue, "An @id is a string", node.Id);
        }

        var id = IriExpansion.Expand(node.Active, tape.Text(node.Id), 0, vocab: false, documentRelative: true);
        var handle = id.IsNull ? sink.NullNode() : sink.Node(id.Text);
        return handle >= 0 || !safe
            ? handle
            : throw Fail(JsonLdError.RelativeIri, "An identifier is not an absolute, well-formed IRI, so it would be lost", node.Id);
    }

    /// <summary>Step 13, over the members of a node, of an <c>@nest</c> within it, or of its <c>@reverse</c>.</summary>
    /// <returns>How many entries the node has got, <c>@id</c> and <c>@graph</c> not counted.</returns>
    private int ExpandMembers(in NodeFrame node, int handle, int token, int member, bool reverse)
    {
        var entries = 0;
        var end = tape.Next(token);
        for (var key = token + 1; key < end; key = tape.Next(key + 1), member++)
        {
            if (members[member] is not { } definition)
            {
                continue;
            }

            if (definition.Keyword == Keyword.None)
            {
                entries += ExpandProperty(node.Active, handle, definition, key + 1, reverse) ? 1 : 0;
            }
            else if (reverse)
            {
                throw Fail(JsonLdError.InvalidReversePropertyMap, "A keyword within @reverse", key);
            }
            else if (definition.Keyword == Keyword.Type)
            {
                ExpandTypes(node, handle, key + 1);
                entries++;
            }
            else
            {
                entries += ExpandKeyword(node, handle, definition.Keyword, key) ? 1 : 0;
            }
        }

        return entries;
    }

    /// <returns>Whether the node now has the property.</returns>
    private bool ExpandProperty(ActiveContext active, int node, TermDefinition property, int value, bool reverse)
    {
        var mark = itemCount;
        if (!property.IsPlain)
        {
            if (!ExpandContained(active, property, value))
            {
                return false;
            }
        }
        else
        {
            ExpandElement(active, property, value, new Place());
            if (itemCount == mark && !IsEmptySet(value))
            {
                return false;
            }
        }

        if (property.Reverse || reverse)
        {
            AttachReverse(node, property, mark, value, reverse != property.Reverse);
            return true;
        }

        if (itemCount == mark)
        {
            sink.Touch(node, property, reverse: false);
        }

        for (var i = mark; i < itemCount; i++)
        {
            if (!sink.Property(node, property, items[i].Handle) && safe)
            {
                throw Fail(JsonLdError.DroppedValue, "A property is a blank node or not well-formed, so its values would be lost", value);
            }
        }

        itemCount = mark;
        return true;
    }

    private void ExpandTypes(in NodeFrame node, int handle, int value)
    {
        var isArray = tape.Is(value, TokenKind.Array);
        var end = tape.Next(value);
        for (var type = isArray ? value + 1 : value; type < end; type = tape.Next(type))
        {
            if (!tape.Is(type, TokenKind.String))
            {
                throw Fail(JsonLdError.InvalidTypeValue, "A @type is a string or an array of strings", type);
            }

            var iri = IriExpansion.Expand(node.TypeScoped, tape.Text(type), tape.HashOf(type), vocab: true, documentRelative: true);
            if (!sink.Type(handle, iri) && safe)
            {
                throw Fail(JsonLdError.RelativeIri, $"The type '{Quote(type)}' is not defined by the contexts, so it would be lost", type);
            }
        }
    }

    private void Drop(string what, int token)
    {
        if (safe)
        {
            throw Fail(JsonLdError.DroppedValue, what + " would be lost", token);
        }
    }

    private JsonLdException Fail(string code, string message, int token) => new(code, message + ".", tape.PathOf(token));

    private string Quote(int token)
    {
        var text = tape.Text(token);
        return System.Text.Encoding.UTF8.GetString(text.Length > 100 ? text[..100] : text);
    }

    /// <summary>Where an element stands, apart from its property.</summary>
    private readonly ref struct Place
    {
        public bool InList { get; init; }

        public bool FromMap { get; init; }

        /// <summary>The identifier of a node that does not name one itself.</summary>
        public ReadOnlySpan<byte> InjectedId { get; init; }
    }

    /// <summary>An object while it is worked on.</summary>
    private struct NodeFrame(ActiveContext active, ActiveContext typeScoped, int firstMember)
    {
        private uint keywords;

        public readonly ActiveContext Active => active;

        public readonly ActiveContext TypeScoped => typeScoped;

        public readonly int FirstMember => firstMember;

        /// <summary>The token of the value of <c>@id</c>, or -1.</summary>
        public int Id { get; set; } = -1;

        /// <summary>The token of the value of <c>@graph</c>, or -1.</summary>
        public int Graph { get; set; } = -1;

        public ActiveContext? GraphContext { get; set; }

        public readonly bool Has(Keyword keyword) => (keywords & (1u << (int)keyword)) != 0;

        public readonly bool HasOnly(uint allowed) => (keywords & ~allowed) == 0;

        public void Note(Keyword keyword) => keywords |= 1u << (int)keyword;
    }
}
