using System.Buffers;
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
/// One value, or one member name, of a JSON text. <paramref name="Next"/> is the index after it and all it holds.
/// Strings leave out their quotes; one with escapes points into the tape's unescaped bytes instead of the source.
/// </summary>
internal readonly record struct JsonNode(JsonKind Kind, bool Unescaped, int Start, int Length, int Next);

/// <summary>
/// A JSON text as one flat, pooled array of nodes in document order; a member is its name's node followed by its value's.
/// Stricter than the grammar: valid UTF-8, no lone surrogates, at most <see cref="MaxDepth"/> levels.
/// </summary>
internal ref struct JsonTape
{
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> json;
    private JsonNode[] nodes;
    private byte[] unescaped;
    private int count;
    private int unescapedLength;

    /// <exception cref="CredentialFormatException"><c>json.malformed</c>: the text is not one strict JSON value.</exception>
    public JsonTape(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new CredentialFormatException("json.malformed", "The text is not UTF-8.");
        }

        this.json = json;
        nodes = ArrayPool<JsonNode>.Shared.Rent(Math.Max(64, json.Length / 16));
        unescaped = [];
        try
        {
            Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The reader says InvalidOperation of an escaped surrogate without its other half.
            Dispose();
            throw new CredentialFormatException("json.malformed", fault is JsonException ? "The text is not JSON." : "A string holds half of a surrogate pair.", fault);
        }
    }

    public readonly JsonNode this[int index] => nodes[index];

    /// <summary>The text of a string node without quotes and escapes, or of any other node as it stands in the source.</summary>
    public readonly ReadOnlySpan<byte> Text(int index)
    {
        ref readonly var node = ref nodes[index];
        return node.Unescaped ? unescaped.AsSpan(node.Start, node.Length) : json.Slice(node.Start, node.Length);
    }

    public void Dispose()
    {
        if (nodes.Length > 0)
        {
            ArrayPool<JsonNode>.Shared.Return(nodes);
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
                    Add(reader.TokenType == JsonTokenType.StartObject ? JsonKind.Object : JsonKind.Array, start, 0);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    ref var container = ref nodes[open[--depth]];
                    container = container with { Length = start + 1 - container.Start, Next = count };
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    AddString(ref reader, start);
                    break;
                case JsonTokenType.Number:
                    Add(JsonKind.Number, start, reader.ValueSpan.Length);
                    break;
                case JsonTokenType.True:
                    Add(JsonKind.True, start, 4);
                    break;
                case JsonTokenType.False:
                    Add(JsonKind.False, start, 5);
                    break;
                default:
                    Add(JsonKind.Null, start, 4);
                    break;
            }
        }
    }

    private void AddString(ref Utf8JsonReader reader, int start)
    {
        var length = reader.ValueSpan.Length;
        if (!reader.ValueIsEscaped)
        {
            Add(JsonKind.String, start + 1, length);
            return;
        }

        if (unescaped.Length - unescapedLength < length)
        {
            Grow(ref unescaped, unescapedLength, unescapedLength + length);
        }

        var written = reader.CopyString(unescaped.AsSpan(unescapedLength));
        Add(JsonKind.String, unescapedLength, written, true);
        unescapedLength += written;
    }

    private void Add(JsonKind kind, int start, int length, bool isUnescaped = false)
    {
        if (count == nodes.Length)
        {
            Grow(ref nodes, count, count + 1);
        }

        nodes[count] = new JsonNode(kind, isUnescaped, start, length, count + 1);
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
