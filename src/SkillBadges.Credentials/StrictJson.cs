using System.Text.Json;
using System.Text.Unicode;

namespace SkillBadges.Credentials;

/// <summary>
/// Reads JSON from strangers: UTF-8 only, one value and nothing after it, no member twice, no comments, no text that is not
/// Unicode. What two readers could understand differently is refused rather than chosen from.
/// </summary>
public static class StrictJson
{
    /// <summary>Arrays and objects inside one another.</summary>
    public const int MaxDepth = 32;

    private const int FarTooDeep = 1000;

    /// <summary>Parses; the document refers to <paramref name="utf8"/>, which must not change while it is in use.</summary>
    /// <exception cref="MalformedException">
    /// <c>json.not-utf8</c>, <c>json.malformed</c>, <c>json.duplicate-member</c>, <c>json.too-deep</c> or <c>json.not-unicode</c>.
    /// </exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw new MalformedException("json.not-utf8", "The text is not UTF-8.");
        }

        RequireUnicodeEscapes(utf8.Span);
        try
        {
            return JsonDocument.Parse(utf8, Options(MaxDepth, allowDuplicates: false));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Explain(utf8, fault);
        }
    }

    /// <summary>The same, and the value must be an object.</summary>
    /// <inheritdoc cref="Parse"/>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> utf8)
    {
        var document = Parse(utf8);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new MalformedException("json.malformed", "A JSON object was expected.");
    }

    private static JsonDocumentOptions Options(int depth, bool allowDuplicates) =>
        new() { MaxDepth = depth, AllowDuplicateProperties = allowDuplicates, AllowTrailingCommas = false, CommentHandling = JsonCommentHandling.Disallow };

    private static MalformedException Explain(ReadOnlyMemory<byte> utf8, Exception fault)
    {
        if (Parses(utf8, Options(MaxDepth, allowDuplicates: true)))
        {
            return new MalformedException("json.duplicate-member", "A JSON object names the same member twice.", fault);
        }

        return Parses(utf8, Options(FarTooDeep, allowDuplicates: true))
            ? new MalformedException("json.too-deep", $"The JSON is nested more than {MaxDepth} levels deep.", fault)
            : new MalformedException("json.malformed", "The text is not one well-formed JSON value.", fault);
    }

    private static bool Parses(ReadOnlyMemory<byte> utf8, JsonDocumentOptions options)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, options);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>An escape such as \ud800 alone names no character; readers differ in what they make of it.</summary>
    private static void RequireUnicodeEscapes(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf("\\u"u8); at >= 0; at = Next(utf8, at))
        {
            // An escaped backslash before a u is text; count the backslashes that lead up to it.
            var backslashes = at + 1 - (utf8[..(at + 1)].LastIndexOfAnyExcept((byte)'\\') + 1);
            if (backslashes % 2 == 0)
            {
                continue;
            }

            if (!TryReadUnit(utf8[at..], out var unit) || !char.IsSurrogate(unit))
            {
                continue;
            }

            if (!char.IsHighSurrogate(unit) || !TryReadUnit(utf8[(at + 6)..], out var low) || !char.IsLowSurrogate(low))
            {
                throw new MalformedException("json.not-unicode", "An escape in the JSON text is half a character.");
            }

            at += 6;
        }
    }

    private static int Next(ReadOnlySpan<byte> utf8, int at)
    {
        var next = utf8[(at + 2)..].IndexOf("\\u"u8);
        return next < 0 ? -1 : at + 2 + next;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < 6 || !text.StartsWith("\\u"u8))
        {
            return false;
        }

        if (!ushort.TryParse(text.Slice(2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
