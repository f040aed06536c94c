using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

internal enum ItemKind : byte
{
    Node,

    /// <summary>A node of which nothing is said here.</summary>
    Reference,
    Value,
    List,

    /// <summary>A node with an <c>@graph</c> and nothing else but an <c>@id</c> or <c>@index</c>.</summary>
    Graph,
}

/// <summary>One thing that expansion came to: the sink's own number for it, and what it is.</summary>
internal readonly record struct Item(int Handle, ItemKind Kind);

/// <summary>A value object on its way to a sink. The value is a token; the rest is expanded.</summary>
internal readonly ref struct ValueParts
{
    public required TokenTape Tape { get; init; }

    public required int Token { get; init; }

    public bool IsJson { get; init; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Datatype { get; init; }

    /// <summary>The end of a literal of the datatype, when the datatype is that of a term.</summary>
    public ReadOnlySpan<byte> LiteralEnd { get; init; }

    /// <summary>Empty when there is none.</summary>
    public ReadOnlySpan<byte> Language { get; init; }

    public TextDirection Direction { get; init; }
}

/// <summary>
/// What expansion feeds: expanded JSON or quads. Numbers it gives out stand for things made; -1 for one that it cannot hold, which is left out.
/// </summary>
internal interface IExpansionSink
{
    int Node(scoped ReadOnlySpan<byte> id);

    int AnonymousNode();

    /// <summary>What an identifier came to that only looks like a keyword.</summary>
    int NullNode();

    /// <summary>Nodes and values made until <see cref="CloseGraph"/> belong to this node's graph. Returns what closing needs.</summary>
    int OpenGraph(int node);

    void CloseGraph(int node, scoped ReadOnlySpan<Item> items, int opened);

    int Value(scoped in ValueParts value);

    int List(scoped ReadOnlySpan<Item> items);

    /// <returns>False when the type cannot be held.</returns>
    bool Type(int node, scoped ExpandedIri type);

    /// <returns>False when the property cannot be held.</returns>
    bool Property(int node, TermDefinition property, int value);

    /// <inheritdoc cref="Property"/>
    bool Reverse(int node, TermDefinition property, int value);

    /// <summary>The property is there, if without values.</summary>
    void Touch(int node, TermDefinition property, bool reverse);

    void Included(int node, int included);

    /// <summary>Sets the index of an item that has none.</summary>
    void Index(int item, scoped ReadOnlySpan<byte> index);
}
