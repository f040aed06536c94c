using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace SkillBadges.Core.Storage;

/// <summary>For long members that are themselves JSON: each of their many quotes is written in two bytes instead of six. No such member may be part of what is hashed.</summary>
internal sealed class QuotedText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        var text = ArrayPool<byte>.Shared.Rent(3 * StorableText.Require(value).Length);
        Utf8.FromUtf16(value, text, out _, out var length);
        Write(writer, text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
    }

    /// <summary>A string of UTF-8 that is known to be storable.</summary>
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<byte> text)
    {
        // At worst a character of one byte becomes six: \u0001.
        var quoted = ArrayPool<byte>.Shared.Rent(6 * text.Length + 2);
        JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(text, quoted.AsSpan(1), out _, out var written);
        quoted[0] = quoted[written + 1] = (byte)'"';
        writer.WriteRawValue(quoted.AsSpan(0, written + 2), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(quoted);
    }
}
