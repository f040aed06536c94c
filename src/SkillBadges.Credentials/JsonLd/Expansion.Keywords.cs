using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

// The keywords that few documents use.
internal sealed partial class Expansion<TSink>
{
    private const uint WithValue = (1u << (int)Keyword.Value) | (1u << (int)Keyword.Type) | (1u << (int)Keyword.Language) |
        (1u << (int)Keyword.Direction) | (1u << (int)Keyword.Index) | (1u << (int)Keyword.Context);

    private const uint WithList = (1u << (int)Keyword.List) | (1u << (int)Keyword.Set) | (1u << (int)Keyword.Index) | (1u << (int)Keyword.Context);

    private ActiveContext ApplyTypesOfSeveralMembers(ActiveContext active, int token)
    {
        var typeScoped = active;
        foreach (var key in SortedTypeMembers(active, token))
        {
            active = ApplyTypes(active, typeScoped, key + 1);
        }

        return active;
    }

    private List<int> SortedTypeMembers(ActiveContext active, int token)
    {
        var keys = new List<int>();
        for (var key = token + 1; key < tape.Next(token); key = tape.Next(key + 1))
        {
            if (IsNamed(key, active.NamesOf(Keyword.Type)))
            {
                keys.Add(key);
            }
        }

        keys.Sort((left, right) => tape.Text(left).SequenceCompareTo(tape.Text(right)));
        return keys;
    }

    /// <summary>A member without a term of its own: an IRI, a compact IRI, or a word under <c>@vocab</c>. Null when it means nothing.</summary>
    private TermDefinition? DefineProperty(ActiveContext active, int key)
    {
        var iri = IriExpansion.Expand(active, tape.Text(key), tape[key].Hash, vocab: true, documentRelative: false);
        return iri.IsNull || !iri.Iri.Contains((byte)':') ? null : TermDefinition.OfIri(iri.Iri, tape.Text(key));
    }

    /// <summary>An empty array, or a set object, which leave a property without values where null leaves none.</summary>
    private bool IsEmptySet(int value) =>
        tape.Is(value, TokenKind.Array) || (tape.Is(value, TokenKind.Object) && tape.Find(value, "@set"u8) >= 0);

    private bool ExpandKeyword(in NodeFrame node, int handle, Keyword keyword, int key)
    {
        switch (keyword)
        {
            case Keyword.Context or Keyword.Id or Keyword.Graph:
                return false;
            case Keyword.Index:
                RequireString(key + 1, JsonLdError.InvalidIndexValue, "An @index is a string");
                sink.Index(handle, tape.Text(key + 1));
                return true;
            case Keyword.Included:
                ExpandIncluded(node, handle, key + 1);
                return true;
            case Keyword.Reverse:
                return ExpandReverse(node, handle, key + 1);
            case Keyword.Nest:
                return ExpandNest(node, handle, key) > 0;
            case Keyword.Language:
                RequireString(key + 1, JsonLdError.InvalidLanguageTaggedString, "A @language is a string");
                Drop("A language without a value", key);
                return false;
            case Keyword.Direction:
                _ = ReadDirection(key + 1);
                Drop("A direction without a value", key);
                return false;
            default:
                Drop("A keyword that has no place here", key);
                return false;
        }
    }

    private void RequireString(int token, string code, string message)
    {
        if (!tape.Is(token, TokenKind.String))
        {
            throw Fail(code, message, token);
        }
    }

    private TextDirection ReadDirection(int token) =>
        tape.Is(token, TokenKind.String) && ContextCompiler.ReadDirection(tape, token) is { } direction
            ? direction
            : throw Fail(JsonLdError.InvalidBaseDirection, "A @direction is ltr or rtl", token);

    private void ExpandGraph(in NodeFrame node, int handle)
    {
        var mark = itemCount;
        var opened = sink.OpenGraph(handle);
        ExpandElement(node.GraphContext!, null, node.Graph, new Place());
        sink.CloseGraph(handle, ItemsFrom(mark), opened);
        itemCount = mark;
    }

    private void ExpandIncluded(in NodeFrame node, int handle, int value)
    {
        var isArray = tape.Is(value, TokenKind.Array);
        for (var element = isArray ? value + 1 : value; element < tape.Next(value); element = tape.Next(element))
        {
            var mark = itemCount;
            ExpandElement(node.Active, null, element, new Place());
            if (itemCount == mark)
            {
                throw Fail(JsonLdError.InvalidIncludedValue, "What is @included is a node", element);
            }

            for (var i = mark; i < itemCount; i++)
            {
                if (items[i].Kind is ItemKind.Value or ItemKind.List)
                {
                    throw Fail(JsonLdError.InvalidIncludedValue, "What is @included is a node", element);
                }

                sink.Included(handle, items[i].Handle);
            }

            itemCount = mark;
        }
    }

    /// <summary>Step 13.4.13: an object whose properties lead to the node.</summary>
    private bool ExpandReverse(in NodeFrame node, int handle, int value)
    {
        if (!tape.Is(value, TokenKind.Object))
        {
            throw Fail(JsonLdError.InvalidReverseValue, "A @reverse is an object", value);
        }

        var active = node.Active;
        if (tape[value].HasContext)
        {
            var local = new LocalContext(tape, tape.Find(value, "@context"u8), documentBase, shared: false);
            active = contexts.Apply(active, local, ContextUse.Document);
        }

        var map = new NodeFrame(active, active, memberCount);
        ReadMembers(ref map, value);
        var entries = ExpandMembers(map, handle, value, map.FirstMember, reverse: true);
        memberCount = map.FirstMember;
        return entries > 0;
    }

    private void AttachReverse(int node, TermDefinition property, int mark, int value, bool isReverse)
    {
        if (itemCount == mark)
        {
            sink.Touch(node, property, isReverse);
        }

        for (var i = mark; i < itemCount; i++)
        {
            if (items[i].Kind is ItemKind.Value or ItemKind.List)
            {
                throw Fail(JsonLdError.InvalidReversePropertyValue, "What a reverse property leads from is a node", value);
            }

            var held = isReverse ? sink.Reverse(node, property, items[i].Handle) : sink.Property(node, property, items[i].Handle);
            if (!held && safe)
            {
                throw Fail(JsonLdError.DroppedValue, "A property is a blank node or not well-formed, so its values would be lost", value);
            }
        }

        itemCount = mark;
    }

    /// <summary>An <c>@id</c> or <c>@graph</c> within an <c>@nest</c> belongs to the node, and is needed before all else.</summary>
    private void ReadNest(ref NodeFrame node, int key)
    {
        var nested = NestContext(node.Active, key);
        var value = key + 1;
        for (var element = tape.Is(value, TokenKind.Array) ? value + 1 : value; element < tape.Next(value); element = tape.Next(element))
        {
            if (!tape.Is(element, TokenKind.Object))
            {
                throw Fail(JsonLdError.InvalidNestValue, "What is nested is an object", element);
            }

            for (var inner = element + 1; inner < tape.Next(element); inner = tape.Next(inner + 1))
            {
                if (nested.Terms.Find(tape.Text(inner), tape[inner].Hash) is not { Keyword: not Keyword.None } term)
                {
                    continue;
                }

                if (term.Keyword == Keyword.Value)
                {
                    throw Fail(JsonLdError.InvalidNestValue, "A value object cannot be nested", element);
                }

                NoteKeyword(ref node, term.Keyword, inner);
                if (term.Keyword == Keyword.Graph)
                {
                    node.GraphContext = nested;
                }
            }
        }
    }

    private ActiveContext NestContext(ActiveContext active, int key) =>
        active.Terms.Find(tape.Text(key), tape[key].Hash) is { Scoped: { } scoped } ? contexts.Apply(active, scoped, ContextUse.Property) : active;

    /// <summary>Step 14.</summary>
    private int ExpandNest(in NodeFrame node, int handle, int key)
    {
        var nested = NestContext(node.Active, key);
        var entries = 0;
        var value = key + 1;
        for (var element = tape.Is(value, TokenKind.Array) ? value + 1 : value; element < tape.Next(value); element = tape.Next(element))
        {
            var frame = new NodeFrame(nested, node.TypeScoped, memberCount);
            ReadMembers(ref frame, element);
            entries += ExpandMembers(frame, handle, element, frame.FirstMember, reverse: false);
            memberCount = frame.FirstMember;
        }

        return entries;
    }

    /// <summary>Step 17.</summary>
    /// <returns>Whether it came to an array, which within a list is a list again (step 5.2.2).</returns>
    private bool ExpandListOrSet(in NodeFrame node, TermDefinition? property, int token)
    {
        var (content, index) = (-1, -1);
        var onlyKeywords = true;
        var member = node.FirstMember;
        for (var key = token + 1; key < tape.Next(token); key = tape.Next(key + 1), member++)
        {
            switch (members[member]?.Keyword)
            {
                case Keyword.List or Keyword.Set:
                    content = key + 1;
                    break;
                case Keyword.Index:
                    index = key + 1;
                    RequireString(index, JsonLdError.InvalidIndexValue, "An @index is a string");
                    break;
                case Keyword.None:
                    onlyKeywords &= tape.Is(key + 1, TokenKind.Null);
                    break;
            }
        }

        if (!onlyKeywords || !node.HasOnly(WithList) || (node.Has(Keyword.List) && node.Has(Keyword.Set)))
        {
            throw Fail(JsonLdError.InvalidSetOrListObject, "A list or set object has another member", token);
        }

        // The property is looked up anew: the object may have left or changed the context that it came from.
        property = property is null ? null : node.Active.Terms.Find(property.Name) ?? TermDefinition.WithoutMapping(property);
        if (!node.Has(Keyword.List))
        {
            ExpandElement(node.Active, property, content, new Place { InList = property?.Container.HasFlag(Containers.List) ?? false });
            return tape.Is(content, TokenKind.Array);
        }

        if (property is null)
        {
            Drop("A list that belongs to no property", token);
            return false;
        }

        var mark = itemCount;
        ExpandElement(node.Active, property, content, new Place { InList = true });
        WrapInList(mark);
        if (index >= 0)
        {
            sink.Index(items[mark].Handle, tape.Text(index));
        }

        return false;
    }

    /// <summary>Step 15.</summary>
    private void ExpandValueObject(in NodeFrame node, TermDefinition? property, int token)
    {
        var (value, type, language, index) = (-1, -1, -1, -1);
        var direction = TextDirection.Unset;
        var onlyKeywords = true;
        var member = node.FirstMember;
        for (var key = token + 1; key < tape.Next(token); key = tape.Next(key + 1), member++)
        {
            switch (members[member]?.Keyword)
            {
                case Keyword.Value:
                    value = key + 1;
                    break;
                case Keyword.Type:
                    type = key + 1;
                    break;
                case Keyword.Language:
                    language = key + 1;
                    RequireString(language, JsonLdError.InvalidLanguageTaggedString, "A @language is a string");
                    break;
                case Keyword.Direction:
                    direction = ReadDirection(key + 1);
                    break;
                case Keyword.Index:
                    index = key + 1;
                    RequireString(index, JsonLdError.InvalidIndexValue, "An @index is a string");
                    break;
                case Keyword.None:
                    onlyKeywords &= tape.Is(key + 1, TokenKind.Null);
                    break;
            }
        }

        var datatype = ReadDatatype(node, type, token);
        if (tape.Kind(value) is TokenKind.Object or TokenKind.Array && datatype.Keyword != Keyword.Json)
        {
            throw Fail(JsonLdError.InvalidValueObjectValue, "A @value is a string, a number, true, false or null", value);
        }

        if (!onlyKeywords || !node.HasOnly(WithValue) || (type >= 0 && (language >= 0 || direction != TextDirection.Unset)))
        {
            throw Fail(JsonLdError.InvalidValueObject, "A value object has a member that does not belong to it", token);
        }

        if (tape.Is(value, TokenKind.Null) && datatype.Keyword != Keyword.Json)
        {
            Drop("A value object without a value", token);
            return;
        }

        if (language >= 0 && !tape.Is(value, TokenKind.String))
        {
            throw Fail(JsonLdError.InvalidLanguageTaggedValue, "Only a string has a language", value);
        }

        if (property is null)
        {
            Drop("A value that belongs to no property", token);
            return;
        }

        PushValue(new ValueParts
        {
            Tape = tape,
            Token = value,
            IsJson = datatype.Keyword == Keyword.Json,
            Datatype = datatype.Iri,
            Language = language < 0 ? default : tape.Text(language),
            Direction = direction,
        });
        if (index >= 0)
        {
            sink.Index(items[itemCount - 1].Handle, tape.Text(index));
        }
    }

    private ExpandedIri ReadDatatype(in NodeFrame node, int type, int token)
    {
        if (type < 0)
        {
            return ExpandedIri.Null;
        }

        if (!tape.Is(type, TokenKind.String))
        {
            throw Fail(tape.Is(type, TokenKind.Array) ? JsonLdError.InvalidTypedValue : JsonLdError.InvalidTypeValue, "A value has one @type, a string", type);
        }

        var iri = IriExpansion.Expand(node.TypeScoped, tape.Text(type), 0, vocab: true, documentRelative: true);
        return !iri.IsNull && (iri.Keyword == Keyword.Json || (iri.Keyword == Keyword.None && IriReference.HasForm(iri.Iri)))
            ? iri
            : throw Fail(JsonLdError.InvalidTypedValue, "The @type of a value is an IRI", type);
    }
}
