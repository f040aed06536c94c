using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Rdf;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>JSON-LD 1.1 (API, REC 2020-07-16) from UTF-8 bytes: to quads, or to expanded JSON. Nothing is ever fetched.</summary>
public static class JsonLdProcessor
{
    [ThreadStatic]
    private static Expansion<QuadSink>? reused;

    /// <summary>Empties the set and fills it with the document's quads.</summary>
    /// <exception cref="JsonLdException">The document is no JSON-LD, is beyond a limit, or, in safe mode, would lose something.</exception>
    /// <exception cref="RdfException"><c>rdf-too-large</c>.</exception>
    public static void ToQuads(ReadOnlySpan<byte> json, JsonLdOptions options, QuadSet into)
    {
        var tape = TokenTape.Take();
        ToQuads(DocumentPart.Read(tape, json, options.DepthLimit, options.ByteLimit), options, into);
        tape.GiveBack();
    }

    /// <summary>The same for what has been read already; limits of depth and size are the reader's to keep.</summary>
    /// <inheritdoc cref="ToQuads(ReadOnlySpan{byte}, JsonLdOptions, QuadSet)"/>
    internal static void ToQuads(in DocumentPart document, JsonLdOptions options, QuadSet into)
    {
        into.Clear();
        var expansion = reused ?? new Expansion<QuadSink>();
        reused = null;
        expansion.Run(document, options, new QuadSink(into, options.RdfDirection, losesDirection: !options.Safe), null);
        reused = expansion;
    }

    /// <summary>The expanded form of the document.</summary>
    /// <inheritdoc cref="ToQuads(ReadOnlySpan{byte}, JsonLdOptions, QuadSet)"/>
    public static byte[] Expand(ReadOnlySpan<byte> json, JsonLdOptions options)
    {
        var topLevel = new List<Item>();
        var document = DocumentPart.Read(new TokenTape(), json, options.DepthLimit, options.ByteLimit);
        var sink = new Expansion<JsonSink>().Run(document, options, new JsonSink(), topLevel);
        var output = new ArrayBufferWriter<byte>(json.Length * 2);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            sink.Write(topLevel, writer);
        }

        return output.WrittenSpan.ToArray();
    }
}
