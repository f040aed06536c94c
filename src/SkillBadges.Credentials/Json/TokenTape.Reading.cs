using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Json;

// Reading a JSON text.
internal sealed partial class TokenTape
{
    /// <exception cref="MalformedException"><c>json.too-large</c>, <c>json.not-utf8</c>, <c>json.malformed</c>, <c>json.too-deep</c>,
    /// <c>json.not-unicode</c> or <c>json.duplicate-member</c>.</exception>
    public void Read(ReadOnlySpan<byte> json, int depthLimit, int byteLimit)
    {
        if (json.Length > byteLimit)
        {
            throw new MalformedException(TooLarge, $"The document has {json.Length} bytes; the limit is {byteLimit}.");
        }

        if (text.Length < json.Length + Vector256<byte>.Count || text.Length > KeptBytes)
        {
            text = GC.AllocateUninitializedArray<byte>(json.Length + Vector256<byte>.Count);
        }

        if (tokens.Length == 0 || tokens.Length > KeptBytes / 16)
        {
            // Badges have a token for every 16 bytes or so.
            tokens = GC.AllocateUninitializedArray<Token>(Math.Clamp(json.Length / 14, 32, KeptBytes / 16));
        }

        json.CopyTo(text);
        length = json.Length;

        // No JSON goes on over a zero: what is behind the end stops every search without a look at the length.
        text[length] = 0;
        at = 0;
        count = 0;
        spaces = 0;
        maxDepth = depthLimit;
        Depth = 0;
        if (!Utf8.IsValid(json))
        {
            throw Fault("json.not-utf8", "is not UTF-8");
        }

        at = SkipSpace(ReadValue(SkipSpace(0), 1));
        if (at != length)
        {
            throw Fault("json.malformed", "has something after its end");
        }
    }

    private byte Current => text[at];

    /// <returns>The token, whose end is known once what is in it has been read.</returns>
    private int Open(TokenKind kind, int from, int depth)
    {
        if (depth > maxDepth)
        {
            throw new MalformedException(TooDeep, $"The document is nested more than {maxDepth} deep.");
        }

        Depth = Math.Max(Depth, depth);
        Push(kind, from, 0, from + 1, isVerbatim: false);
        return count - 1;
    }

    /// <returns>The place behind the closing bracket.</returns>
    private int Close(int token, int items, int from, bool isVerbatim)
    {
        ref var opened = ref tokens[token];
        opened.SourceEnd = from;
        opened.Length = items;
        opened.End = count;
        opened.IsVerbatim = isVerbatim;
        return from;
    }

    private void Push(TokenKind kind, int start, int size, int sourceEnd, bool isVerbatim)
    {
        if (count == tokens.Length)
        {
            Array.Resize(ref tokens, count * 2);
        }

        ref var token = ref tokens[count++];
        token.Start = start;
        token.Length = size;
        token.End = count;
        token.SourceEnd = sourceEnd;
        token.Hash = 0;
        token.Kind = kind;
        token.HasContext = false;
        token.IsVerbatim = isVerbatim;
    }

    // What is read most often is told from where and says up to where, so that the place stays in a register; the rest keeps it in a field.
    private int ReadValue(int from, int depth) => text[from] == '"' ? ReadString(from) : ReadOther(from, depth);

    private int ReadOther(int from, int depth) => text[from] switch
    {
        (byte)'{' => ReadObject(from, depth),
        (byte)'[' => ReadArray(from, depth),
        (byte)'t' => ReadWord(from, "true"u8, TokenKind.True),
        (byte)'f' => ReadWord(from, "false"u8, TokenKind.False),
        (byte)'n' => ReadWord(from, "null"u8, TokenKind.Null),
        _ => ReadNumber(from),
    };

    private int ReadObject(int from, int depth)
    {
        var token = Open(TokenKind.Object, from, depth);
        var (members, hasContext) = (0, false);
        var (seen, names, mayRepeat) = (0UL, 0u, false);
        from = SkipSpace(from + 1);
        if (text[from] != '}')
        {
            while (true)
            {
                var name = count;
                from = ReadString(from);
                ref var nameToken = ref tokens[name];
                var nameText = text.AsSpan(nameToken.Start, nameToken.Length);
                var hash = ByteHash.Of(nameText);
                nameToken.Hash = hash;
                hasContext |= nameText.SequenceEqual("@context"u8);
                var marks = (1UL << (int)hash) | (1UL << (int)(hash >> 6));
                mayRepeat |= (seen & marks) == marks;
                seen |= marks;
                names |= Token.Mark(hash);
                members++;
                from = SkipSpace(Expect((byte)':', SkipSpace(from)));
                from = SkipSpace(ReadValue(from, depth + 1));
                if (text[from] != ',')
                {
                    break;
                }

                from = SkipSpace(from + 1);
            }
        }

        from = Close(token, members, Expect((byte)'}', from), isVerbatim: false);
        tokens[token].HasContext = hasContext;
        tokens[token].Hash = names;
        if (mayRepeat)
        {
            RefuseDuplicates(token);
        }

        return from;
    }

    private int ReadArray(int from, int depth)
    {
        var token = Open(TokenKind.Array, from, depth);
        var (items, isVerbatim, spacesBefore) = (0, true, spaces);
        from = SkipSpace(from + 1);
        if (text[from] != ']')
        {
            while (true)
            {
                var item = count;
                from = SkipSpace(ReadValue(from, depth + 1));
                isVerbatim &= tokens[item].IsVerbatim;
                items++;
                if (text[from] != ',')
                {
                    break;
                }

                from = SkipSpace(from + 1);
            }
        }

        return Close(token, items, Expect((byte)']', from), isVerbatim && spaces == spacesBefore);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadString(int from)
    {
        var start = Expect((byte)'"', from);
        var stop = FindStringStop(start);
        if (text[stop] != '"')
        {
            return ReadEscapedString(start, stop);
        }

        Push(TokenKind.String, start, stop - start, stop + 1, isVerbatim: true);
        return stop + 1;
    }

    /// <summary>Where the next quote, backslash or control character is; the zero behind the end at the latest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindStringStop(int from)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        while (true)
        {
            var block = Vector256.LoadUnsafe(ref first, (nuint)from);
            var stops = Vector256.Equals(block, Vector256.Create((byte)'"')) | Vector256.Equals(block, Vector256.Create((byte)'\\')) |
                Vector256.LessThan(block, Vector256.Create((byte)0x20));
            if (stops.ExtractMostSignificantBits() is not 0 and var places)
            {
                return from + BitOperations.TrailingZeroCount(places);
            }

            from += Vector256<byte>.Count;
        }
    }

    private int ReadEscapedString(int start, int stop)
    {
        var write = stop;
        while (text[stop] == '\\')
        {
            at = stop;
            write += ReadEscape().EncodeToUtf8(text.AsSpan(write));
            stop = FindStringStop(at);
            text.AsSpan(at, stop - at).CopyTo(text.AsSpan(write));
            write += stop - at;
        }

        if (text[stop] != '"')
        {
            at = stop;
            throw Fault("json.malformed", at < length ? "has a control character within a string" : "ends within a string");
        }

        Push(TokenKind.String, start, write - start, stop + 1, isVerbatim: false);
        return stop + 1;
    }

    private Rune ReadEscape()
    {
        at++;
        var kind = Current;
        at++;
        switch (kind)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                return new Rune(kind);
            case (byte)'b':
                return new Rune('\b');
            case (byte)'f':
                return new Rune('\f');
            case (byte)'n':
                return new Rune('\n');
            case (byte)'r':
                return new Rune('\r');
            case (byte)'t':
                return new Rune('\t');
            case (byte)'u':
                var unit = ReadCodeUnit();
                if (!char.IsSurrogate(unit))
                {
                    return new Rune(unit);
                }

                if (char.IsHighSurrogate(unit) && Current == '\\' && at + 1 < length && text[at + 1] == 'u')
                {
                    at += 2;
                    var low = ReadCodeUnit();
                    if (char.IsLowSurrogate(low))
                    {
                        return new Rune(unit, low);
                    }
                }

                throw Fault("json.not-unicode", "has half of a surrogate pair");
            default:
                throw Fault("json.malformed", "has an unknown escape");
        }
    }

    private char ReadCodeUnit()
    {
        if (at + 4 > length || !ushort.TryParse(text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            throw Fault("json.malformed", "has an escape that is not four hexadecimal digits");
        }

        at += 4;
        return (char)unit;
    }

    private int ReadWord(int from, ReadOnlySpan<byte> word, TokenKind kind)
    {
        if (!text.AsSpan(from, length - from).StartsWith(word))
        {
            throw NotJson(from);
        }

        Push(kind, from, word.Length, from + word.Length, isVerbatim: true);
        return from + word.Length;
    }

    private int ReadNumber(int start)
    {
        at = start;
        if (Current == '-')
        {
            at++;
        }

        if (Current == '0')
        {
            at++;
        }
        else
        {
            ReadDigits();
        }

        if (Current == '.')
        {
            at++;
            ReadDigits();
        }

        if (Current is (byte)'e' or (byte)'E')
        {
            at++;
            if (Current is (byte)'+' or (byte)'-')
            {
                at++;
            }

            ReadDigits();
        }

        Push(TokenKind.Number, start, at - start, at, isVerbatim: false);
        return at;
    }

    private void ReadDigits()
    {
        var start = at;
        while (char.IsAsciiDigit((char)Current))
        {
            at++;
        }

        if (at == start)
        {
            throw NotJson(at);
        }
    }

    /// <returns>The place behind the expected byte.</returns>
    private int Expect(byte expected, int from) => text[from] == expected ? from + 1 : throw NotJson(from);

    // Most JSON has none, and no character of JSON outside strings comes before the space but those that are skipped.
    private int SkipSpace(int from) => text[from] > ' ' ? from : SkipSpaces(from);

    private int SkipSpaces(int from)
    {
        var start = from;
        while (text[from] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            from++;
        }

        spaces += from - start;
        return from;
    }

    private MalformedException NotJson(int from)
    {
        at = from;
        return Fault("json.malformed", "is not JSON");
    }

    private MalformedException Fault(string code, string what) => new(code, $"The document {what} (byte {at}).");
}
