using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

// Terms whose values are lists, graphs, JSON, or maps by language, index, identifier or type.
internal sealed partial class Expansion<TSink>
{
    /// <summary>Steps 13.6 to 13.12. Leaves the items on the stack.</summary>
    /// <returns>False when the property is not there at all.</returns>
    private bool ExpandContained(ActiveContext active, TermDefinition property, int value)
    {
        if (property.Type == TypeMapping.Json)
        {
            PushValue(new ValueParts { Tape = tape, Token = value, IsJson = true });
            return true;
        }

        if (tape.Is(value, TokenKind.Null))
        {
            return false;
        }

        var mark = itemCount;
        var container = property.Container;
        var isObject = tape.Is(value, TokenKind.Object);
        if (isObject && container.HasFlag(Containers.Language))
        {
            ExpandLanguageMap(active, property, value);
            return true;
        }

        if (isObject && (container & (Containers.Index | Containers.Id | Containers.Type)) != 0)
        {
            ExpandMap(active, property, value);
            return true;
        }

        if (container.HasFlag(Containers.Graph) && (container & (Containers.Id | Containers.Index)) == 0)
        {
            ExpandIntoGraphs(active, property, value, default, fromMap: false);
        }
        else
        {
            ExpandElement(active, property, value, new Place { InList = container.HasFlag(Containers.List) });
        }

        if (itemCount == mark && !IsEmptySet(value))
        {
            return false;
        }

        if (container.HasFlag(Containers.List) && !(itemCount == mark + 1 && items[mark].Kind == ItemKind.List && isObject))
        {
            WrapInList(mark);
        }

        return true;
    }

    /// <summary>Step 13.7.</summary>
    private void ExpandLanguageMap(ActiveContext active, TermDefinition property, int map)
    {
        var direction = property.Direction == TextDirection.Unset ? active.Direction : property.Direction;
        for (var key = map + 1; key < tape.Next(map); key = tape.Next(key + 1))
        {
            var expanded = IriExpansion.Expand(active, tape.Text(key), tape[key].Hash, vocab: true, documentRelative: false);
            var language = expanded.Keyword == Keyword.NoneValue ? default : tape.Text(key);
            var value = key + 1;
            for (var item = tape.Is(value, TokenKind.Array) ? value + 1 : value; item < tape.Next(value); item = tape.Next(item))
            {
                if (tape.Is(item, TokenKind.Null))
                {
                    continue;
                }

                RequireString(item, JsonLdError.InvalidLanguageMapValue, "A language map holds strings");
                PushValue(new ValueParts { Tape = tape, Token = item, Language = language, Direction = direction });
            }
        }
    }

    /// <summary>Step 13.8.</summary>
    private void ExpandMap(ActiveContext active, TermDefinition property, int map)
    {
        var container = property.Container;
        for (var key = map + 1; key < tape.Next(map); key = tape.Next(key + 1))
        {
            var index = tape.Text(key);
            var within = (container & (Containers.Id | Containers.Type)) != 0 && active.Previous is { } previous ? previous : active;
            if (container.HasFlag(Containers.Type) && within.Terms.Find(index, tape[key].Hash) is { Scoped: { } scoped })
            {
                within = contexts.Apply(within, scoped, ContextUse.Document);
            }

            var expanded = IriExpansion.Expand(active, index, tape[key].Hash, vocab: true, documentRelative: false);
            var isNone = expanded.Keyword == Keyword.NoneValue;
            var id = container.HasFlag(Containers.Id) && !isNone
                ? IriExpansion.Expand(active, index, tape[key].Hash, vocab: false, documentRelative: true).Text
                : default;
            var mark = itemCount;
            if (container.HasFlag(Containers.Graph))
            {
                ExpandIntoGraphs(within, property, key + 1, id, fromMap: true);
            }
            else
            {
                ExpandElement(within, property, key + 1, new Place { FromMap = true, InjectedId = id });
            }

            if (isNone)
            {
                continue;
            }

            for (var i = mark; i < itemCount; i++)
            {
                GiveIndex(active, property, items[i], key, expanded);
            }
        }
    }

    private void GiveIndex(ActiveContext active, TermDefinition property, Item item, int key, ExpandedIri expanded)
    {
        if (item.Kind is ItemKind.Value or ItemKind.List && ((property.Container & (Containers.Id | Containers.Type)) != 0 || property.IndexProperty is not null))
        {
            throw Fail(JsonLdError.InvalidValueObject, "A value cannot have what its place in a map gives it", key);
        }

        if (property.Container.HasFlag(Containers.Type))
        {
            if (!sink.Type(item.Handle, expanded) && safe)
            {
                throw Fail(JsonLdError.RelativeIri, $"The type '{Quote(key)}' is not defined by the contexts, so it would be lost", key);
            }
        }
        else if (property.Container.HasFlag(Containers.Index) && property.IndexProperty is { } name)
        {
            var indexProperty = active.Terms.Find(name) is { Iri: not null } term
                ? term
                : TermDefinition.OfIri(IriExpansion.Expand(active, name, 0, vocab: true, documentRelative: false).Iri, name);
            var mark = itemCount;
            ExpandValue(active, indexProperty, key);
            sink.Property(item.Handle, indexProperty, items[mark].Handle);
            itemCount = mark;
        }
        else if (property.Container.HasFlag(Containers.Index))
        {
            sink.Index(item.Handle, tape.Text(key));
        }
    }

    /// <summary>Each value becomes a graph of its own, unless it comes from a map and is one already.</summary>
    /// <param name="id">The graph's name; empty for a blank node.</param>
    private void ExpandIntoGraphs(ActiveContext active, TermDefinition property, int value, ReadOnlySpan<byte> id, bool fromMap)
    {
        if (tape.Is(value, TokenKind.Array))
        {
            for (var element = value + 1; element < tape.Next(value); element = tape.Next(element))
            {
                ExpandIntoGraphs(active, property, element, id, fromMap);
            }

            return;
        }

        if (fromMap && IsGraphObject(active, value))
        {
            ExpandElement(active, property, value, new Place { FromMap = true, InjectedId = id });
            return;
        }

        var graph = id.IsEmpty ? sink.AnonymousNode() : sink.Node(id);
        var mark = itemCount;
        var opened = sink.OpenGraph(graph);
        ExpandElement(active, property, value, new Place { FromMap = fromMap });
        var isEmpty = itemCount == mark;
        for (var i = mark; i < itemCount; i++)
        {
            if (items[i].Kind is ItemKind.Value or ItemKind.List or ItemKind.Reference)
            {
                Drop("Content of a graph that makes no statement", value);
            }
        }

        sink.CloseGraph(graph, ItemsFrom(mark), opened);
        itemCount = mark;
        if (!isEmpty)
        {
            PushNode(graph, value);
            items[mark] = new Item(graph, ItemKind.Graph);
        }
    }

    private bool IsGraphObject(ActiveContext active, int value)
    {
        if (!tape.Is(value, TokenKind.Object))
        {
            return false;
        }

        var found = false;
        for (var key = value + 1; key < tape.Next(value); key = tape.Next(key + 1))
        {
            switch (active.Terms.Find(tape.Text(key), tape[key].Hash)?.Keyword)
            {
                case Keyword.Graph:
                    found = true;
                    break;
                case Keyword.Id or Keyword.Index or Keyword.Context:
                    break;
                default:
                    return false;
            }
        }

        return found;
    }
}
