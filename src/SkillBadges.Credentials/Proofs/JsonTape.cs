using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace SkillBadges.Credentials.Proofs;

internal enum JsonKind : byte
{
    Object,
    Array,
    String,
    Number,
    True,
    False,
    Null,
}

/// <summary>
/// One value, or one member name, of a JSON text: where it stands in the source (a string with its quotes), and the index after
/// it and all it holds. A string with escapes has its text without them in the tape's own bytes, else that length is -1.
/// </summary>
internal readonly record struct TapeNode(JsonKind Kind, int Start, int End, int Next, int UnescapedStart, int UnescapedLength);

/// <summary>
/// A JSON text as one flat, pooled array of nodes in document order; a member is its name's node followed by its value's.
/// It keeps places in the source, so that a document can be cut and joined without being written anew.
/// Stricter than the grammar: valid UTF-8, no lone surrogates, at most <see cref="MaxDepth"/> levels.
/// </summary>
internal ref struct JsonTape
{
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> json;
    private TapeNode[] nodes;
    private byte[] unescaped;
    private int count;
    private int unescapedLength;

    /// <exception cref="MalformedException"><c>json.not-utf8</c>, <c>json.not-unicode</c> (half a surrogate pair) or
    /// <c>json.malformed</c>: the text is not one strict JSON value.</exception>
    public JsonTape(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new MalformedException("json.not-utf8", "The text is not UTF-8.");
        }

        this.json = json;
        nodes = ArrayPool<TapeNode>.Shared.Rent(Math.Max(64, json.Length / 16));
        unescaped = [];
        try
        {
            Read();
        }
        catch (JsonException fault)
        {
            Dispose();
            throw new MalformedException("json.malformed", "The text is not one well-formed JSON value of at most 64 levels.", fault);
        }
        catch (InvalidOperationException fault)
        {
            // What the reader says of an escaped surrogate without its other half.
            Dispose();
            throw new MalformedException("json.not-unicode", "An escape in the JSON text is half a character.", fault);
        }
    }

    public readonly TapeNode this[int index] => nodes[index];

    /// <summary>The node as it stands in the source.</summary>
    public readonly ReadOnlySpan<byte> Source(int index) => json[nodes[index].Start..nodes[index].End];

    /// <summary>The text of a string node, without quotes and escapes.</summary>
    public readonly ReadOnlySpan<byte> Text(int index)
    {
        ref readonly var node = ref nodes[index];
        return node.UnescapedLength >= 0
            ? unescaped.AsSpan(node.UnescapedStart, node.UnescapedLength)
            : json[(node.Start + 1)..(node.End - 1)];
    }

    /// <summary>The text of a string node; null for a node of another kind.</summary>
    public readonly string? String(int index) => nodes[index].Kind == JsonKind.String ? Encoding.UTF8.GetString(Text(index)) : null;

    public void Dispose()
    {
        if (nodes.Length > 0)
        {
            ArrayPool<TapeNode>.Shared.Return(nodes);
            nodes = [];
        }

        if (unescaped.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(unescaped);
            unescaped = [];
        }
    }

    private void Read()
    {
        Span<int> open = stackalloc int[MaxDepth];
        var depth = 0;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open[depth++] = count;
                    Add(reader.TokenType == JsonTokenType.StartObject ? JsonKind.Object : JsonKind.Array, start, start);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var container = ref nodes[open[--depth]];
                    container = container with { End = start + 1, Next = count };
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    AddString(ref reader, start);
                    break;
                case JsonTokenType.Number:
                    Add(JsonKind.Number, start, start + reader.ValueSpan.Length);
                    break;
                case JsonTokenType.True:
                    Add(JsonKind.True, start, start + 4);
                    break;
                case JsonTokenType.False:
                    Add(JsonKind.False, start, start + 5);
                    break;
                default:
                    Add(JsonKind.Null, start, start + 4);
                    break;
            }
        }
    }

    private void AddString(ref Utf8JsonReader reader, int start)
    {
        var length = reader.ValueSpan.Length;
        if (!reader.ValueIsEscaped)
        {
            Add(JsonKind.String, start, start + length + 2);
            return;
        }

        if (unescaped.Length - unescapedLength < length)
        {
            Grow(ref unescaped, unescapedLength, unescapedLength + length);
        }

        var written = reader.CopyString(unescaped.AsSpan(unescapedLength));
        Add(JsonKind.String, start, start + length + 2, unescapedLength, written);
        unescapedLength += written;
    }

    private void Add(JsonKind kind, int start, int end, int unescapedAt = 0, int unescapedSize = -1)
    {
        if (count == nodes.Length)
        {
            Grow(ref nodes, count, count + 1);
        }

        nodes[count] = new TapeNode(kind, start, end, count + 1, unescapedAt, unescapedSize);
        count++;
    }

    private static void Grow<T>(ref T[] array, int used, int needed)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(needed, used * 2));
        array.AsSpan(0, used).CopyTo(larger);
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
        }

        array = larger;
    }
}
