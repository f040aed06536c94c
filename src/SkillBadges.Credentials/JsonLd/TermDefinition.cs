using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.JsonLd;

[Flags]
internal enum Containers : byte
{
    None = 0,
    List = 1,
    Set = 2,
    Language = 4,
    Index = 8,
    Id = 16,
    Type = 32,
    Graph = 64,
}

/// <summary>How a string value of a term is understood.</summary>
internal enum TypeMapping : byte
{
    None,
    Id,
    Vocab,
    Json,

    /// <summary><c>@none</c>: as it is, and no default language either.</summary>
    NoneValue,

    /// <summary>A literal of the datatype <see cref="TermDefinition.Datatype"/>.</summary>
    Datatype,
}

internal enum TextDirection : byte
{
    /// <summary>Nothing is said; a default applies.</summary>
    Unset,

    /// <summary>Said to be none.</summary>
    Null,
    LeftToRight,
    RightToLeft,
}

/// <summary>What a term means (JSON-LD 1.1 API 9.2): resolved once, with the IRI in the very bytes that N-Quads need.</summary>
internal sealed class TermDefinition
{
    public required byte[] Name { get; init; }

    /// <summary>Null when the term is defined to mean nothing, or a keyword.</summary>
    public byte[]? Iri { get; private set; }

    public Keyword Keyword { get; init; }

    /// <summary>The IRI as a term of N-Quads; empty when the IRI is a blank node or not well-formed.</summary>
    public byte[] Ready { get; private set; } = [];

    public uint ReadyHash { get; private set; }

    public bool IsBlankNode => Iri is { Length: > 1 } && Iri[0] == '_' && Iri[1] == ':';

    public bool IsNull => Iri is null && Keyword == Keyword.None;

    public bool Prefix { get; set; }

    public bool Protected { get; set; }

    public bool Reverse { get; init; }

    public Containers Container { get; set; }

    public TypeMapping Type { get; set; }

    public byte[]? Datatype
    {
        get;
        set
        {
            field = value;
            LiteralEnd = value is not null && IriReference.IsWellFormed(value) ? QuadSet.LiteralEnd(value) : [];
        }
    }

    /// <summary>What ends a literal of the datatype in N-Quads, the closing quote included; empty when there is no well-formed datatype.</summary>
    public byte[] LiteralEnd { get; private set; } = [];

    /// <summary>The term has a language mapping; null <see cref="Language"/> then means none.</summary>
    public bool HasLanguage { get; set; }

    public byte[]? Language { get; set; }

    public TextDirection Direction { get; set; }

    /// <summary>The property that an index is written to; null for <c>@index</c>.</summary>
    public byte[]? IndexProperty { get; set; }

    public byte[]? Nest { get; set; }

    public LocalContext? Scoped { get; set; }

    /// <summary>Its values can be expanded one by one and attached as they are: no map, list, graph, reverse or JSON.</summary>
    public bool IsPlain => !Reverse && Type != TypeMapping.Json && (Container & ~Containers.Set) == 0;

    public static TermDefinition OfKeyword(Keyword keyword) => new() { Name = Keywords.Name(keyword).ToArray(), Keyword = keyword };

    /// <summary>A property that has no term: an absolute or compact IRI, or a word under a vocabulary.</summary>
    public static TermDefinition OfIri(ReadOnlySpan<byte> iri, ReadOnlySpan<byte> name)
    {
        var definition = new TermDefinition { Name = name.ToArray() };
        definition.SetIri(iri.ToArray());
        return definition;
    }

    /// <summary>The same property where no term tells how its values are understood.</summary>
    public static TermDefinition WithoutMapping(TermDefinition property) => new()
    {
        Name = property.Name,
        Iri = property.Iri,
        Ready = property.Ready,
        ReadyHash = property.ReadyHash,
    };

    public void SetIri(byte[] iri)
    {
        IriReference.RequireLength(iri.Length);
        Iri = iri;
        if (IriReference.IsWellFormed(iri))
        {
            Ready = [(byte)'<', .. iri, (byte)'>'];
            ReadyHash = ByteHash.Of(Ready);
        }
    }

    /// <summary>The same meaning, whether protected or not (JSON-LD 1.1 API 4.2.2 step 27).</summary>
    public bool Equals(TermDefinition other) =>
        Same(Iri, other.Iri) && Keyword == other.Keyword && Prefix == other.Prefix && Reverse == other.Reverse &&
        Container == other.Container && Type == other.Type && Same(Datatype, other.Datatype) &&
        HasLanguage == other.HasLanguage && Same(Language, other.Language) && Direction == other.Direction &&
        Same(IndexProperty, other.IndexProperty) && Same(Nest, other.Nest) && SameScope(Scoped, other.Scoped);

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);

    private static bool SameScope(LocalContext? left, LocalContext? right) =>
        left is null || right is null
            ? left is null && right is null
            : left.Tape.SameValue(left.Token, right.Tape, right.Token);
}
