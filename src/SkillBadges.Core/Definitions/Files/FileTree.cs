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
    private const int MaxDepth = 12;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly Action<Spot, string, string, string> report;
    private Utf8JsonReader reader;
    private int counted;
    private Spot here = new(1, 1);

    private FileTree(ReadOnlySpan<byte> bytes, Action<Spot, string, string, string> report)
    {
        this.bytes = bytes;
        this.report = report;
        reader = new(bytes, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <param name="report">Takes place, path, code and message of each fault.</param>
    /// <returns>The root, or null when the bytes are no JSON document.</returns>
    public static FileNode? Parse(ReadOnlySpan<byte> bytes, Action<Spot, string, string, string> report)
    {
        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        var tree = new FileTree(bytes, report);
        if (!Utf8.IsValid(bytes))
        {
            report(tree.SpotOf(ValidLength(bytes)), "$", "definition-file.not-utf8", "The file is not UTF-8 text from here on; please save it as UTF-8.");
            return null;
        }

        try
        {
            tree.reader.Read();
            var root = tree.Value("$", tree.SpotOf((int)tree.reader.TokenStartIndex));
            tree.reader.Read();
            return root;
        }
        catch (JsonException)
        {
            tree.ReportSyntax();
            return null;
        }
    }

    private FileNode Value(string path, Spot nameSpot)
    {
        var spot = SpotOf((int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(new FileNode(JsonValueKind.Object, spot, path) { NameSpot = nameSpot });
            case JsonTokenType.StartArray:
                return Array(new FileNode(JsonValueKind.Array, spot, path) { NameSpot = nameSpot });
            case JsonTokenType.String:
                return new(JsonValueKind.String, spot, path) { NameSpot = nameSpot, Text = TextAt(spot, path) };
            case JsonTokenType.Number:
                return new(JsonValueKind.Number, spot, path) { NameSpot = nameSpot, Number = reader.TryGetInt32(out var number) ? number : null };
            default:
                return new(reader.TokenType == JsonTokenType.Null ? JsonValueKind.Null : JsonValueKind.True, spot, path) { NameSpot = nameSpot };
        }
    }

    private FileNode Object(FileNode node)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var nameSpot = SpotOf((int)reader.TokenStartIndex);
            var name = TextAt(nameSpot, node.Path);
            reader.Read();
            var value = Value(node.Path + Step(name), nameSpot);
            if (name is null)
            {
                continue;
            }

            if (node.Member(name) is { } first)
            {
                report(nameSpot, value.Path, "definition-file.duplicate-member", $"The member {AuthoredText.Quote(name)} comes twice; it stands on line {first.NameSpot.Line} already.");
                continue;
            }

            node.Members.Add(new(name, value));
        }

        return node;
    }

    private FileNode Array(FileNode node)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            node.Items.Add(Value($"{node.Path}[{node.Items.Count}]", SpotOf((int)reader.TokenStartIndex)));
        }

        return node;
    }

    private readonly string? TextAt(Spot spot, string path)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // The only way a string token in valid UTF-8 cannot be read.
            report(spot, path, "definition-file.bad-text", "An escape here is half of a surrogate pair, which is not a character.");
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
