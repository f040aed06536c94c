using System.Globalization;
using System.Text.Json;
using SkillBadges.Core;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Moving;

/// <summary>Lines in memory, a few megabytes at most unless one document is larger; valid until the next part.</summary>
internal sealed record PartBytes(ExportPart Part, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// What a view holds, as lines of JSON in parts: the same data are the same bytes, whatever the engine, and are cut in the same places. So parts tell whether two stores are equal.
/// </summary>
internal static class StoreParts
{
    private const int PartLength = 2 * 1024 * 1024;
    private const int MostAtOnce = 500;

    /// <summary>Kinds that move; how far an import has come is not among them.</summary>
    public static IEnumerable<DocumentKind> Kinds => AllDocumentKinds.OfCore.Where(kind => kind != ImportProgressDocuments.Kind);

    /// <summary>Every document, kind after kind, then every waiting message.</summary>
    public static async IAsyncEnumerable<PartBytes> AllAsync(IStoreView view, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var kind in Kinds)
        {
            await foreach (var part in CutAsync($"{ExportPart.Documents}{kind.Name}/", (after, limit) => view.DocumentsAsync(kind, after, limit, cancellationToken), document => document.Id, Write))
            {
                yield return part;
            }
        }

        await foreach (var part in CutAsync(ExportPart.Outbox, (after, limit) => view.MessagesAsync(after, limit, cancellationToken), message => message.Id, (json, message) => JsonSerializer.Serialize(json, message, DocumentJson.Options)))
        {
            yield return part;
        }
    }

    /// <summary>Things in the order of a key, cut into parts.</summary>
    /// <param name="folder">Ends in a slash.</param>
    /// <param name="next">The next things behind a key; none at the end.</param>
    /// <param name="key">The key of a thing.</param>
    /// <param name="write">Writes it as one JSON value.</param>
    public static async IAsyncEnumerable<PartBytes> CutAsync<T>(string folder, Func<string?, int, Task<IReadOnlyList<T>>> next, Func<T, string> key, Action<Utf8JsonWriter, T> write)
    {
        var (number, lines, limit) = (1, 0, 16);
        var bytes = new MemoryStream();
        using var json = new Utf8JsonWriter(bytes);
        string? after = null;
        while (true)
        {
            var things = await next(after, limit);
            var before = bytes.Length;
            foreach (var thing in things)
            {
                after = key(thing);
                json.Reset();
                write(json, thing);
                json.Flush();
                bytes.WriteByte((byte)'\n');
                lines++;
                if (bytes.Length >= PartLength)
                {
                    yield return Part(folder, number++, lines, bytes);
                    (lines, before) = (0, 0);
                    bytes.SetLength(0);
                }
            }

            if (things.Count == 0)
            {
                break;
            }

            // What is read at once is about a part, however large the things are.
            limit = (int)Math.Clamp(PartLength / Math.Max(1, (bytes.Length - before + things.Count) / things.Count), 1, Math.Min(MostAtOnce, limit * 4));
        }

        if (lines > 0)
        {
            yield return Part(folder, number, lines, bytes);
        }
    }

    /// <summary>The documents in a part.</summary>
    /// <exception cref="RefusedException"><c>import.damaged</c>.</exception>
    public static IEnumerable<StoredDocument> Documents(string name, ReadOnlyMemory<byte> bytes) => Lines(name, bytes, line => new StoredDocument(
        line.GetProperty("id").GetString() ?? throw ExportJson.Damaged(name),
        line.GetProperty("version").GetInt64(),
        line.GetProperty("bodyVersion").GetInt32(),
        [.. System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(line.GetProperty("body"))]));

    /// <summary>Other things in a part.</summary>
    /// <exception cref="RefusedException"><c>import.damaged</c>.</exception>
    public static IEnumerable<T> Things<T>(string name, ReadOnlyMemory<byte> bytes)
        where T : class =>
        Lines(name, bytes, line => line.Deserialize<T>(DocumentJson.Options) ?? throw ExportJson.Damaged(name));

    private static void Write(Utf8JsonWriter json, StoredDocument document)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, document.Id);
        json.WriteNumber("version"u8, document.Version);
        json.WriteNumber("bodyVersion"u8, document.BodyVersion);
        json.WritePropertyName("body"u8);
        json.WriteRawValue(document.Json, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static PartBytes Part(string folder, int number, int lines, MemoryStream bytes)
    {
        var whole = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        return new(new(string.Create(CultureInfo.InvariantCulture, $"{folder}{number:D6}.jsonl"), lines, whole.Length, Sha256Digest.Of(whole.Span)), whole);
    }

    private static IEnumerable<T> Lines<T>(string name, ReadOnlyMemory<byte> bytes, Func<JsonElement, T> read)
    {
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw ExportJson.Damaged(name);
            }

            T thing;
            try
            {
                using var line = JsonDocument.Parse(rest[..end]);
                thing = read(line.RootElement);
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw ExportJson.Damaged(name);
            }

            yield return thing;
            rest = rest[(end + 1)..];
        }
    }
}
