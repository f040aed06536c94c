using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.Json;

/// <summary>
/// A JSON text as a flat row of tokens. An array is followed by its items, an object by its members, each a name and a value.
/// Strings are unescaped in place in a copy of the text, so that every token is a slice of one buffer.
/// </summary>
/// <remarks>Stricter than RFC 8259 where leniency would let two readers see two documents: no duplicate names, no lone surrogates.</remarks>
internal sealed partial class TokenTape
{
    /// <summary>Arrays and objects inside one another in what is signed.</summary>
    public const int MaxDepth = 64;

    public const string TooDeep = "json.too-deep";

    public const string TooLarge = "json.too-large";

    private const int KeptBytes = 1 << 20;

    private const int Few = 32;

    [ThreadStatic]
    private static TokenTape? kept;

    [ThreadStatic]
    private static TokenTape? keptToo;

    private byte[] text = [];
    private int length;
    private int at;
    private Token[] tokens = [];
    private int count;
    private int spaces;
    private int maxDepth;

    public int Count => count;

    /// <summary>Bytes of the text that was read.</summary>
    public int SourceLength => length;

    /// <summary>How many arrays and objects stand inside one another where that is most.</summary>
    public int Depth { get; private set; }

    public ref readonly Token this[int token] => ref tokens[token];

    /// <summary>A tape to use for a moment, in one thread; two are kept after <see cref="GiveBack"/>, since a document is signed with its options.</summary>
    public static TokenTape Take()
    {
        var tape = kept ?? new TokenTape();
        (kept, keptToo) = (keptToo, null);
        return tape;
    }

    /// <summary>Reads a text whose value must be an object.</summary>
    /// <inheritdoc cref="Read"/>
    public void ReadObject(ReadOnlySpan<byte> json, int depthLimit)
    {
        Read(json, depthLimit, int.MaxValue);
        if (!Is(0, TokenKind.Object))
        {
            throw new MalformedException("json.malformed", "A JSON object was expected.");
        }
    }

    public void GiveBack() => (kept, keptToo) = (this, kept);

    /// <summary>The text of a string, without quotes and escapes, or of a number, as it was written.</summary>
    public ReadOnlySpan<byte> Text(int token) => text.AsSpan(tokens[token].Start, tokens[token].Length);

    /// <summary>The first eight bytes of a text as a number that orders as the texts do, as far as it goes: up to the first byte that is not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Lead(int token)
    {
        // Behind the end of every text are bytes to spare.
        ref readonly var name = ref tokens[token];
        var lead = BinaryPrimitives.ReadUInt64BigEndian(text.AsSpan(name.Start));
        lead = name.Length >= 8 ? lead : lead & ~(ulong.MaxValue >> (8 * name.Length));
        var beyond = lead & 0x8080_8080_8080_8080;
        return beyond == 0 ? lead : lead | (ulong.MaxValue >> BitOperations.LeadingZeroCount(beyond));
    }

    public TokenKind Kind(int token) => tokens[token].Kind;

    public bool Is(int token, TokenKind kind) => tokens[token].Kind == kind;

    /// <summary>The number of the token that follows the whole value.</summary>
    public int Next(int token) => tokens[token].End;

    /// <summary>The text of a string; null for any other value.</summary>
    public string? String(int token) => Is(token, TokenKind.String) ? Encoding.UTF8.GetString(Text(token)) : null;

    /// <summary>Where the value begins in the text that was read, quotes and brackets included.</summary>
    public int SourceStart(int token) => SourceStart(tokens[token]);

    public int SourceEnd(int token) => tokens[token].SourceEnd;

    /// <summary>Where the value stands in the text that was read.</summary>
    public Range Source(int token) => SourceStart(token)..SourceEnd(token);

    /// <summary>So many bytes of the text that was read, from where the value begins.</summary>
    public ReadOnlySpan<byte> Source(int token, int bytes) => text.AsSpan(SourceStart(token), bytes);

    /// <summary>The text of a value as it was read; only of one that <see cref="Token.IsVerbatim"/>, since escapes are undone in place.</summary>
    public ReadOnlySpan<byte> SourceText(int token) => text.AsSpan()[Source(token)];

    /// <summary>How many bytes a member has from the quote of its name to the end of its value, if all of it is as RFC 8785 would write it; else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int VerbatimLength(int name)
    {
        ref readonly var key = ref tokens[name];
        ref readonly var value = ref tokens[name + 1];
        return key.IsVerbatim && value.IsVerbatim && SourceStart(value) == key.SourceEnd + 1 ? value.SourceEnd - SourceStart(key) : 0;
    }

    /// <summary>Whether the string was written with escapes.</summary>
    public bool IsEscaped(int token) => !tokens[token].IsVerbatim;

    /// <summary>The value of a member, or -1.</summary>
    public int Find(int @object, ReadOnlySpan<byte> name)
    {
        var end = tokens[@object].End;
        for (var key = @object + 1; key < end; key = tokens[key + 1].End)
        {
            if (Text(key).SequenceEqual(name))
            {
                return key + 1;
            }
        }

        return -1;
    }

    /// <summary>Whether two values are equal as they are written; the order of members does not matter.</summary>
    public bool SameValue(int token, TokenTape other, int otherToken)
    {
        ref readonly var left = ref tokens[token];
        ref readonly var right = ref other.tokens[otherToken];
        if (left.Kind != right.Kind || left.Length != right.Length)
        {
            return false;
        }

        switch (left.Kind)
        {
            case TokenKind.Object:
                for (var key = token + 1; key < left.End; key = Next(key + 1))
                {
                    var match = other.Find(otherToken, Text(key));
                    if (match < 0 || !SameValue(key + 1, other, match))
                    {
                        return false;
                    }
                }

                return true;
            case TokenKind.Array:
                for (var (item, otherItem) = (token + 1, otherToken + 1); item < left.End; (item, otherItem) = (Next(item), other.Next(otherItem)))
                {
                    if (!SameValue(item, other, otherItem))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return Text(token).SequenceEqual(other.Text(otherToken));
        }
    }

    /// <summary>The hash of a string, computed at the first asking.</summary>
    public uint HashOf(int token)
    {
        ref var hash = ref tokens[token].Hash;
        return hash != 0 ? hash : hash = ByteHash.Of(Text(token));
    }

    /// <summary>Writes a value as JSON, with members in their order and numbers as they were.</summary>
    public void WriteJson(int token, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        WriteJson(token, writer);
    }

    public void WriteJson(int token, Utf8JsonWriter writer)
    {
        var end = Next(token);
        switch (Kind(token))
        {
            case TokenKind.Object:
                writer.WriteStartObject();
                for (var key = token + 1; key < end; key = Next(key + 1))
                {
                    writer.WritePropertyName(Text(key));
                    WriteJson(key + 1, writer);
                }

                writer.WriteEndObject();
                break;
            case TokenKind.Array:
                writer.WriteStartArray();
                for (var item = token + 1; item < end; item = Next(item))
                {
                    WriteJson(item, writer);
                }

                writer.WriteEndArray();
                break;
            case TokenKind.String:
                writer.WriteStringValue(Text(token));
                break;
            default:
                writer.WriteRawValue(Text(token), skipInputValidation: true);
                break;
        }
    }

    /// <summary>The place of a token as a path from the root, such as <c>$.proof[1].type</c>.</summary>
    public string PathOf(int token)
    {
        var path = new StringBuilder("$");
        var here = 0;
        while (here != token && Kind(here) is TokenKind.Array or TokenKind.Object)
        {
            var isObject = Is(here, TokenKind.Object);
            var index = 0;
            var child = here + 1;
            while (true)
            {
                var value = isObject ? child + 1 : child;
                if (token < Next(value))
                {
                    path.Append(isObject ? PathStep(Text(child)) : $"[{index}]");
                    here = token == child ? token : value;
                    break;
                }

                child = Next(value);
                index++;
            }
        }

        return path.ToString();
    }

    private static string PathStep(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name.Length > 100 ? name[..100] : name);
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '@') && text.Length > 0
            ? "." + text
            : "[" + JsonSerializer.Serialize(text) + "]";
    }

    private static int SourceStart(in Token token) => token.Kind == TokenKind.String ? token.Start - 1 : token.Start;

    private void RefuseDuplicates(int @object)
    {
        Span<uint> hashes = tokens[@object].Length <= Few ? stackalloc uint[Few] : new uint[tokens[@object].Length];
        hashes = hashes[..tokens[@object].Length];
        for (var (key, name) = (@object + 1, 0); name < hashes.Length; key = tokens[key + 1].End, name++)
        {
            hashes[name] = tokens[key].Hash;
        }

        hashes.Sort();
        for (var name = 1; name < hashes.Length; name++)
        {
            if (hashes[name] == hashes[name - 1])
            {
                RefuseEqualNames(@object);
                return;
            }
        }
    }

    private void RefuseEqualNames(int @object)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var key = @object + 1; key < tokens[@object].End; key = tokens[key + 1].End)
        {
            var name = Encoding.UTF8.GetString(Text(key));
            if (!seen.Add(name))
            {
                throw Fault("json.duplicate-member", $"names '{(name.Length > 100 ? name[..100] : name)}' twice in one object");
            }
        }
    }
}
