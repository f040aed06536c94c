using System.Globalization;
using System.Numerics;
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

        if (text.Length < json.Length + Vector128<byte>.Count || text.Length > KeptBytes)
        {
            text = GC.AllocateUninitializedArray<byte>(json.Length + Vector128<byte>.Count);
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
        nameCount = 0;
        maxDepth = depthLimit;
        Depth = 0;
        if (!Utf8.IsValid(json))
        {
            throw Fault("json.not-utf8", "is not UTF-8");
        }

        SkipSpace();
        ReadValue(1);
        SkipSpace();
        if (at != length)
        {
            throw Fault("json.malformed", "has something after its end");
        }
    }

    private byte Current => text[at];

    private int Open(TokenKind kind, int depth)
    {
        if (depth > maxDepth)
        {
            throw new MalformedException(TooDeep, $"The document is nested more than {maxDepth} deep.");
        }

        Depth = Math.Max(Depth, depth);
        return Push(kind, at++, 0);
    }

    private int Push(TokenKind kind, int start, int size)
    {
        if (count == tokens.Length)
        {
            Array.Resize(ref tokens, count * 2);
        }

        tokens[count] = new Token { Kind = kind, Start = start, Length = size, End = count + 1, SourceEnd = at };
        return count++;
    }

    private void ReadValue(int depth)
    {
        switch (Current)
        {
            case (byte)'{':
                ReadObject(depth);
                break;
            case (byte)'[':
                ReadArray(depth);
                break;
            case (byte)'"':
                ReadString();
                break;
            case (byte)'t':
                ReadWord("true"u8, TokenKind.True);
                break;
            case (byte)'f':
                ReadWord("false"u8, TokenKind.False);
                break;
            case (byte)'n':
                ReadWord("null"u8, TokenKind.Null);
                break;
            default:
                ReadNumber();
                break;
        }
    }

    private void ReadObject(int depth)
    {
        var token = Open(TokenKind.Object, depth);
        var firstName = nameCount;
        var hasContext = false;
        var (seen, mayRepeat) = (0UL, false);
        SkipSpace();
        if (Current != '}')
        {
            while (true)
            {
                var name = ReadString();
                var nameText = Text(name);
                var hash = ByteHash.Of(nameText);
                tokens[name].Hash = hash;
                hasContext |= nameText.SequenceEqual("@context"u8);
                if (nameCount == names.Length)
                {
                    Array.Resize(ref names, nameCount * 2);
                }

                names[nameCount++] = hash;
                mayRepeat |= (seen & (1UL << (int)hash)) != 0;
                seen |= 1UL << (int)hash;
                SkipSpace();
                Expect((byte)':');
                SkipSpace();
                ReadValue(depth + 1);
                SkipSpace();
                if (Current != ',')
                {
                    break;
                }

                at++;
                SkipSpace();
            }
        }

        Expect((byte)'}');
        tokens[token].SourceEnd = at;
        tokens[token].Length = nameCount - firstName;
        tokens[token].End = count;
        tokens[token].HasContext = hasContext;
        if (mayRepeat)
        {
            RefuseDuplicates(token, names.AsSpan(firstName, nameCount - firstName));
        }

        nameCount = firstName;
    }

    private void ReadArray(int depth)
    {
        var token = Open(TokenKind.Array, depth);
        var items = 0;
        SkipSpace();
        if (Current != ']')
        {
            while (true)
            {
                ReadValue(depth + 1);
                items++;
                SkipSpace();
                if (Current != ',')
                {
                    break;
                }

                at++;
                SkipSpace();
            }
        }

        Expect((byte)']');
        tokens[token].SourceEnd = at;
        tokens[token].Length = items;
        tokens[token].End = count;
    }

    private int ReadString()
    {
        Expect((byte)'"');
        var start = at;
        var stop = FindStringStop(at);
        at = stop;
        if (text[at] != '"')
        {
            return ReadEscapedString(start);
        }

        at++;
        return Push(TokenKind.String, start, stop - start);
    }

    /// <summary>Where the next quote, backslash or control character is; the zero behind the end at the latest.</summary>
    private int FindStringStop(int from)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        while (true)
        {
            var block = Vector128.LoadUnsafe(ref first, (nuint)from);
            var stops = Vector128.Equals(block, Vector128.Create((byte)'"')) | Vector128.Equals(block, Vector128.Create((byte)'\\')) |
                Vector128.LessThan(block, Vector128.Create((byte)0x20));
            if (stops != Vector128<byte>.Zero)
            {
                return from + BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
            }

            from += Vector128<byte>.Count;
        }
    }

    private int ReadEscapedString(int start)
    {
        var write = at;
        while (true)
        {
            var current = Current;
            if (current == '"')
            {
                at++;
                return Push(TokenKind.String, start, write - start);
            }

            if (current < 0x20)
            {
                throw Fault("json.malformed", at < length ? "has a control character within a string" : "ends within a string");
            }

            if (current != '\\')
            {
                text[write++] = current;
                at++;
                continue;
            }

            var rune = ReadEscape();
            write += rune.EncodeToUtf8(text.AsSpan(write));
        }
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

    private void ReadWord(ReadOnlySpan<byte> word, TokenKind kind)
    {
        if (!text.AsSpan(at, length - at).StartsWith(word))
        {
            throw Fault("json.malformed", "is not JSON");
        }

        at += word.Length;
        Push(kind, at - word.Length, word.Length);
    }

    private void ReadNumber()
    {
        var start = at;
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

        Push(TokenKind.Number, start, at - start);
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
            throw Fault("json.malformed", "is not JSON");
        }
    }

    private void Expect(byte expected)
    {
        if (Current != expected)
        {
            throw Fault("json.malformed", "is not JSON");
        }

        at++;
    }

    private void SkipSpace()
    {
        while (text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
    }

    private MalformedException Fault(string code, string what) => new(code, $"The document {what} (byte {at}).");
}
