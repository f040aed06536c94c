namespace SkillBadges.Credentials.Json;

internal enum TokenKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

/// <summary>One value or member name of a <see cref="TokenTape"/>.</summary>
internal struct Token
{
    /// <summary>Where the text of a string (unescaped), of a number or of anything else begins; in the source, a string begins one before.</summary>
    public int Start;

    /// <summary>Bytes of a string or number; items of an array; members of an object.</summary>
    public int Length;

    /// <summary>The number of the token after this one and all that is in it.</summary>
    public int End;

    /// <summary>Where the value ends in the source, the closing quote or bracket included.</summary>
    public int SourceEnd;

    /// <summary>The hash of a member name; of any other string 0 until it is asked for; of an object the <see cref="Mark"/>s of its names.</summary>
    public uint Hash;

    public TokenKind Kind;

    /// <summary>An object with a member <c>@context</c>.</summary>
    public bool HasContext;

    /// <summary>Written as RFC 8785 would write it: a text without escapes, a word, or an array of such without space between them.</summary>
    public bool IsVerbatim;

    /// <summary>A bit that an object has if it has a member of a name with this hash; others may have it too.</summary>
    public static uint Mark(uint hash) => 1u << (int)hash;
}
