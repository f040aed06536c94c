using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>
/// Reads strict JSON (RFC 8259: no comments, no trailing commas) into nodes that know their place. Every fault that leaves the
/// rest readable is reported and reading goes on; broken syntax ends it.
/// </summary>
internal ref struct FileTree
{
    /// <summary>How deep a definition file may be nested.</summary>
    public const int DefinitionDepth = 12;

    // Members are looked for one by one, so an object of thousands would take its time.
    private const int MaxMembers = 500;

    // Names come again and again; one text for each, up to as many as a known format can have.
    private const int MaxNames = 2_000;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly Action<Spot, string, string, string> report;
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly int maxNodes;
    private Utf8JsonReader reader;
    private int nodes;
    private bool isFull;
    private int counted;
    private Spot here = new(1, 1);

    private FileTree(ReadOnlySpan<byte> bytes, Action<Spot, string, string, string> report, int maxDepth, int maxNodes)
    {
        this.bytes = bytes;
        this.report = report;
        this.maxNodes = maxNodes;
        reader = new(bytes, new JsonReaderOptions { MaxDepth = maxDepth });
    }

    /// <param name="bytes">The file.</param>
    /// <param name="report">Takes place, path, code and message of each fault.</param>
    /// <param name="maxDepth">Deeper nesting is broken syntax.</param>
    /// <param name="maxNodes">How many values are read; a file with more is not one of the format.</param>
    /// <returns>The root, or null when the bytes are no JSON document.</returns>
    public static FileNode? Parse(ReadOnlySpan<byte> bytes, Action<Spot, string, string, string> report, int maxDepth = DefinitionDepth, int maxNodes = int.MaxValue)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        var tree = new FileTree(bytes, report, maxDepth, maxNodes);
        if (!Utf8.IsValid(bytes))
        {
            report(tree.SpotOf(ValidLength(bytes)), "$", "definition-file.not-utf8", "The file is not UTF-8 text from here on; please save it as UTF-8.");
            return null;
        }

        try
        {
            tree.reader.Read();
            var root = tree.Value(null, null, 0, tree.SpotOf((int)tree.reader.TokenStartIndex));
            if (tree.isFull)
            {
                report(tree.here, "$", "definition-file.too-many-values", "The file holds more values, or more members in one object, than a file of its kind has; nothing of it was read.");
                return null;
            }

            tree.reader.Read();
            return root;
        }
        catch (JsonException)
        {
            tree.ReportSyntax();
            return null;
        }
    }

    private FileNode Value(FileNode? parent, string? step, int index, Spot nameSpot)
    {
        isFull |= ++nodes > maxNodes;
        var spot = SpotOf((int)reader.TokenStartIndex);
        var kind = reader.TokenType switch
        {
            JsonTokenType.StartObject => JsonValueKind.Object,
            JsonTokenType.StartArray => JsonValueKind.Array,
            JsonTokenType.String => JsonValueKind.String,
            JsonTokenType.Number => JsonValueKind.Number,
            JsonTokenType.Null => JsonValueKind.Null,
            _ => JsonValueKind.True,
        };
        var node = new FileNode(kind, spot, parent, step, index) { NameSpot = nameSpot };
        switch (kind)
        {
            case JsonValueKind.Object:
                return Object(node);
            case JsonValueKind.Array:
                return Array(node);
            case JsonValueKind.String:
                node.Text = TextAt(spot, node);
                return node;
            case JsonValueKind.Number:
                node.Number = reader.TryGetInt32(out var number) ? number : null;
                node.Decimal = reader.TryGetDecimal(out var fraction) ? fraction : null;
                return node;
            default:
                return node;
        }
    }

    private FileNode Object(FileNode node)
    {
        while (!isFull && reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var nameSpot = SpotOf((int)reader.TokenStartIndex);
            var name = Known(TextAt(nameSpot, node));
            reader.Read();
            var value = Value(node, Step(name), 0, nameSpot);
            if (name is null)
            {
                continue;
            }

            if (node.Member(name) is { } first)
            {
                report(nameSpot, value.Path, "definition-file.duplicate-member", $"The member {AuthoredText.Quote(name)} comes twice; it stands on line {first.NameSpot.Line} already.");
                continue;
            }

            node.Add(name, value);
            isFull |= node.Members.Count > MaxMembers;
        }

        return node;
    }

    private FileNode Array(FileNode node)
    {
        while (!isFull && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            node.Add(Value(node, null, node.Items.Count, SpotOf((int)reader.TokenStartIndex)));
        }

        return node;
    }

    private readonly string? Known(string? name)
    {
        if (name is null || names.Count >= MaxNames)
        {
            return name;
        }

        if (!names.TryGetValue(name, out var known))
        {
            names.Add(name, known = name);
        }

        return known;
    }

    private readonly string? TextAt(Spot spot, FileNode node)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // The only way a string token in valid UTF-8 cannot be read.
            report(spot, node.Path, "definition-file.bad-text", "An escape here is half of a surrogate pair, which is not a character.");
            return null;
        }
    }

    private void ReportSyntax()
    {
        var end = bytes.Length;
        while (end > 0 && bytes[end - 1] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            end--;
        }

        var at = Math.Min((int)reader.BytesConsumed, end);
        while (at < end && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        report(SpotOf(at), "$", "definition-file.not-json", "The JSON cannot be read any further from here: the file ends too early, or a comma, colon, quote or bracket is missing or one too many.");
    }

    /// <summary>Offsets are asked in rising order, so the file is walked once.</summary>
    private Spot SpotOf(int offset)
    {
        for (; counted < offset; counted++)
        {
            if (bytes[counted] == '\n')
            {
                here = new(here.Line + 1, 1);
            }
            else if ((bytes[counted] & 0xC0) != 0x80)
            {
                here = here with { Column = here.Column + 1 };
            }
        }

        return here;
    }

    private static string Step(string? name) => name is not null && name.Length is > 0 and <= 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '$')
        ? "." + name
        : "[?]";

    private static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return length;
    }
}
