using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
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
        into.Clear();
        var expansion = reused ?? new Expansion<QuadSink>();
        reused = null;
        expansion.Run(json, options, new QuadSink(into, options.RdfDirection, losesDirection: !options.Safe), null);
        reused = expansion;
    }

    /// <summary>The expanded form of the document.</summary>
    /// <inheritdoc cref="ToQuads"/>
    public static byte[] Expand(ReadOnlySpan<byte> json, JsonLdOptions options)
    {
        var topLevel = new List<Item>();
        var sink = new Expansion<JsonSink>().Run(json, options, new JsonSink(), topLevel);
        var output = new ArrayBufferWriter<byte>(json.Length * 2);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true }))
        {
            sink.Write(topLevel, writer);
        }

        return output.WrittenSpan.ToArray();
    }
}
