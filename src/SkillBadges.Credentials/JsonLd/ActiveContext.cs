using System.Collections.Concurrent;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>How a local context came to be applied; the same one compiles differently in each way.</summary>
internal enum ContextUse : byte
{
    Document,
    Property,
    Type,
}

/// <summary>A name that means a keyword.</summary>
internal readonly record struct KeywordName(uint Hash, byte[] Name);

/// <summary>
/// A context, compiled: what every term means at some place of a document (JSON-LD 1.1 API 9.1). Immutable once built; those
/// that come from a library only are shared by all threads and remember what was derived from them.
/// </summary>
internal sealed class ActiveContext
{
    private ConcurrentDictionary<(LocalContext Context, ContextUse Use), ActiveContext>? derived;
    private KeywordName[]? idNames;
    private KeywordName[]? typeNames;
    private KeywordName[]? valueNames;

    public required TermTable Terms { get; init; }

    /// <summary>What relative IRIs of the document are resolved against; null when there is nothing.</summary>
    public byte[]? Base { get; set; }

    public required byte[]? OriginalBase { get; init; }

    public byte[]? Vocab { get; set; }

    public byte[]? Language { get; set; }

    public TextDirection Direction { get; set; }

    /// <summary>What nodes further in return to, when this context does not propagate.</summary>
    public ActiveContext? Previous { get; set; }

    /// <summary>Built from a library's contexts only.</summary>
    public required bool Shared { get; init; }

    public static ActiveContext Initial(byte[]? baseIri, bool shared) => new()
    {
        Terms = new TermTable(Keywords.All.Select(TermDefinition.OfKeyword)),
        Base = baseIri,
        OriginalBase = baseIri,
        Shared = shared,
    };

    public ActiveContext Copy(bool shared) => new()
    {
        Terms = Terms.Copy(),
        Base = Base,
        OriginalBase = OriginalBase,
        Vocab = Vocab,
        Language = Language,
        Direction = Direction,
        Previous = Previous,
        Shared = shared && Shared,
    };

    public bool TryGetDerived(LocalContext local, ContextUse use, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out ActiveContext context)
    {
        if (derived is { } known)
        {
            return known.TryGetValue((local, use), out context);
        }

        context = null;
        return false;
    }

    public void Remember(LocalContext local, ContextUse use, ActiveContext context)
    {
        var known = derived ?? Interlocked.CompareExchange(ref derived, new(KeyComparer.Instance), null) ?? derived;
        known[(local, use)] = context;
    }

    /// <summary>The names that mean <c>@id</c>, <c>@type</c> or <c>@value</c> here.</summary>
    public KeywordName[] NamesOf(Keyword keyword) => keyword switch
    {
        Keyword.Id => idNames ??= FindNames(keyword),
        Keyword.Type => typeNames ??= FindNames(keyword),
        _ => valueNames ??= FindNames(keyword),
    };

    private KeywordName[] FindNames(Keyword keyword) =>
        [.. Terms.All.Where(term => term.Keyword == keyword).Select(term => new KeywordName(Rdf.ByteHash.Of(term.Name), term.Name))];

    private sealed class KeyComparer : IEqualityComparer<(LocalContext Context, ContextUse Use)>
    {
        public static readonly KeyComparer Instance = new();

        public bool Equals((LocalContext Context, ContextUse Use) x, (LocalContext Context, ContextUse Use) y) =>
            ReferenceEquals(x.Context, y.Context) && x.Use == y.Use;

        public int GetHashCode((LocalContext Context, ContextUse Use) key) =>
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(key.Context) ^ (int)key.Use;
    }
}
