namespace SkillBadges.Credentials.Json;

/// <summary>One value of a tape, for code that walks a document by its members. Nothing is copied.</summary>
/// <param name="token">Below 0 for a value that is not there; it has the kind null and no members.</param>
internal readonly struct TapeValue(TokenTape tape, int token)
{
    public bool Exists => token >= 0;

    public TokenKind Kind => Exists ? tape.Kind(token) : TokenKind.Null;

    public bool IsObject => Kind == TokenKind.Object;

    public bool IsArray => Kind == TokenKind.Array;

    public bool IsString => Kind == TokenKind.String;

    /// <summary>Items of an array, members of an object.</summary>
    public int Count => tape[token].Length;

    /// <summary>The text of a string, unescaped, or of a number, as written.</summary>
    public ReadOnlySpan<byte> Text => tape.Text(token);

    /// <summary>The string was written with escapes.</summary>
    public bool IsEscaped => tape.IsEscaped(token);

    public int Token => token;

    public TokenTape Tape => tape;

    /// <summary>The text of a string; null for anything else.</summary>
    public string? String => Exists ? tape.String(token) : null;

    /// <summary>The items of an array; of any other value itself alone, and nothing when it is not there.</summary>
    public TapeItems Items => Exists ? new(tape, IsArray ? token + 1 : token, tape.Next(token)) : new(tape, 0, 0);

    public TapeMembers Members => IsObject ? new(tape, token + 1, tape.Next(token)) : new(tape, 0, 0);

    /// <summary>The member of an object; one that does not exist when there is none, or this is no object.</summary>
    public TapeValue Find(ReadOnlySpan<byte> name) => new(tape, IsObject ? tape.Find(token, name) : -1);

    /// <summary>Whether the value is this very text.</summary>
    public bool Is(ReadOnlySpan<byte> text) => IsString && Text.SequenceEqual(text);

    /// <summary>Whether the value, or one of its items, is this very text.</summary>
    public bool Holds(ReadOnlySpan<byte> text)
    {
        foreach (var item in Items)
        {
            if (item.Is(text))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Values that follow one another on a tape.</summary>
internal ref struct TapeItems(TokenTape tape, int next, int end)
{
    public TapeValue Current { get; private set; }

    public readonly TapeItems GetEnumerator() => this;

    public bool MoveNext()
    {
        if (next >= end)
        {
            return false;
        }

        Current = new TapeValue(tape, next);
        next = tape.Next(next);
        return true;
    }
}

/// <summary>The members of an object.</summary>
internal ref struct TapeMembers(TokenTape tape, int next, int end)
{
    public TapeMember Current { get; private set; }

    public readonly TapeMembers GetEnumerator() => this;

    public bool MoveNext()
    {
        if (next >= end)
        {
            return false;
        }

        Current = new TapeMember(tape, next);
        next = tape.Next(next + 1);
        return true;
    }
}

internal readonly struct TapeMember(TokenTape tape, int token)
{
    public ReadOnlySpan<byte> Name => tape.Text(token);

    /// <summary>The hash of the name, by <see cref="Rdf.ByteHash"/>.</summary>
    public uint Hash => tape[token].Hash;

    public TapeValue Value => new(tape, token + 1);
}
