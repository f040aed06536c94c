namespace SkillBadges.Credentials.JsonLd;

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
    /// <summary>Where the text of a string (unescaped) or number begins in the tape's text.</summary>
    public int Start;

    /// <summary>Bytes of a string or number; items of an array; members of an object.</summary>
    public int Length;

    /// <summary>The number of the token after this one and all that is in it.</summary>
    public int End;

    /// <summary>The hash of a member name; of any other string 0 until it is asked for.</summary>
    public uint Hash;

    public TokenKind Kind;

    /// <summary>An object with a member <c>@context</c>.</summary>
    public bool HasContext;
}
