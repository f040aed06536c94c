using System.Buffers;

namespace SkillBadges.Credentials.Rdf;

/// <summary>N-Quads (RDF 1.1, REC 2014-02-25), written in the canonical form of RDFC-1.0 (REC 2024-05-21) section 5.</summary>
public static class NQuads
{
    // The characters that need a look: controls, quote, backslash, delete, and 0xEF, which begins U+FFFE and U+FFFF.
    private static readonly SearchValues<byte> LiteralSpecials = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(value => (byte)value), (byte)'"', (byte)'\\', 0x7F, 0xEF]);

    private static readonly SearchValues<byte> IriSpecials = SearchValues.Create(
        [.. Enumerable.Range(0, 33).Select(value => (byte)value), .. "<>\"{}|^`\\"u8]);

    private static readonly byte[][] Escapes = [.. Enumerable.Range(0, 128).Select(value => EscapeOf((char)value))];

    /// <summary>Reads a document into a set.</summary>
    /// <exception cref="RdfException"><c>rdf-syntax</c> with the line, or <c>rdf-too-large</c>.</exception>
    public static void Read(ReadOnlySpan<byte> document, QuadSet into) => new NQuadsReader(document, into).Read();

    /// <summary>Writes the quads, one line each, in the set's order and with its labels.</summary>
    public static void Write(QuadSet quads, IBufferWriter<byte> output)
    {
        foreach (var quad in quads.Quads)
        {
            output.Write(quads.Text(quad.Subject));
            output.Write(" "u8);
            output.Write(quads.Text(quad.Predicate));
            output.Write(" "u8);
            output.Write(quads.Text(quad.Object));
            if (quad.Graph != QuadSet.DefaultGraph)
            {
                output.Write(" "u8);
                output.Write(quads.Text(quad.Graph));
            }

            output.Write(" .\n"u8);
        }
    }

    /// <summary>How many bytes of a literal's value can be copied before one must be escaped.</summary>
    internal static int LengthWithoutEscape(ReadOnlySpan<byte> value)
    {
        var from = 0;
        while (true)
        {
            var at = value[from..].IndexOfAny(LiteralSpecials);
            if (at < 0)
            {
                return value.Length;
            }

            at += from;
            if (value[at] != 0xEF || IsNonCharacter(value[at..]))
            {
                return at;
            }

            from = at + 1;
        }
    }

    /// <summary>The escape for the character at the start of the span.</summary>
    internal static ReadOnlySpan<byte> EscapeAt(ReadOnlySpan<byte> value, out int consumed)
    {
        if (value[0] == 0xEF)
        {
            consumed = 3;
            return value[2] == 0xBE ? "\\uFFFE"u8 : "\\uFFFF"u8;
        }

        consumed = 1;
        return Escapes[value[0]];
    }

    internal static bool NeedsIriEscape(ReadOnlySpan<byte> iri) => iri.ContainsAny(IriSpecials);

    internal static void WriteIriEscaped(ReadOnlySpan<byte> iri, IBufferWriter<byte> output)
    {
        foreach (var value in iri)
        {
            if (IriSpecials.Contains(value))
            {
                output.Write(System.Text.Encoding.ASCII.GetBytes($"\\u{(int)value:X4}"));
            }
            else
            {
                output.Write([value]);
            }
        }
    }

    private static bool IsNonCharacter(ReadOnlySpan<byte> value) =>
        value.Length >= 3 && value[1] == 0xBF && value[2] is 0xBE or 0xBF;

    private static byte[] EscapeOf(char value) => value switch
    {
        '\b' => [.. "\\b"u8],
        '\t' => [.. "\\t"u8],
        '\n' => [.. "\\n"u8],
        '\f' => [.. "\\f"u8],
        '\r' => [.. "\\r"u8],
        '"' => [.. "\\\""u8],
        '\\' => [.. "\\\\"u8],
        _ => System.Text.Encoding.ASCII.GetBytes($"\\u{(int)value:X4}"),
    };
}
