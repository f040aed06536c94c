using System.Text.Encodings.Web;
using System.Text.Json;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions.Files;

/// <summary>
/// The one layout in which authored files are written, so that a published version gives back the bytes of its file and two people who change
/// the same badge see only what they changed: members in the reader's order, two spaces, one line feed at the end, no text escaped that need not be.
/// </summary>
internal static class CanonicalFile
{
    private static readonly JsonWriterOptions layout = new() { Indented = true, IndentCharacter = ' ', IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(string schema, Action<Utf8JsonWriter> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, layout))
        {
            json.WriteStartObject();
            json.WriteString("$schema", $"../schema/{schema}.schema.json");
            members(json);
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>An array of texts.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    /// <summary>An array of texts; left out where there is none.</summary>
    public static void OptionalTexts(this Utf8JsonWriter json, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count > 0)
        {
            json.Texts(name, texts);
        }
    }

    /// <summary>An array of objects; left out where there is none.</summary>
    public static void Objects<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> members)
    {
        if (items.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Object(this Utf8JsonWriter json, string name, Action members)
    {
        json.WriteStartObject(name);
        members();
        json.WriteEndObject();
    }

    /// <summary>Descriptors in the order of the levels.</summary>
    public static void Descriptors(this Utf8JsonWriter json, string name, MasteryScale scale, IReadOnlyDictionary<string, string> descriptors) => json.Object(name, () =>
    {
        foreach (var level in scale.Levels)
        {
            json.OptionalText(level.Code, descriptors.GetValueOrDefault(level.Code));
        }
    });

    /// <summary>Text; left out where there is none.</summary>
    public static void OptionalText(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>A number; left out where there is none.</summary>
    public static void OptionalNumber(this Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
    }

    /// <summary>The word that the reader takes for a value.</summary>
    public static string WordOf<T>(this IReadOnlyDictionary<string, T> words, T value)
        where T : struct, Enum => words.First(word => EqualityComparer<T>.Default.Equals(word.Value, value)).Key;
}
