using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// How members are written. Open Badges 3.0 (final) 8.2.4, plain JSON: a value that may repeat is always an array, and what is absent is
/// left out; a null or an empty array never appears.
/// </summary>
internal static class JsonMembers
{
    public static void Member(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, Whole(value));
        }
    }

    public static void Member(this Utf8JsonWriter json, string name, DateTimeOffset? value)
    {
        if (value is { } instant)
        {
            json.WriteString(name, DateTimeStamp.Format(instant));
        }
    }

    public static void Member(this Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void Member(this Utf8JsonWriter json, string name, IJsonObject? value)
    {
        if (value is not null)
        {
            json.WritePropertyName(name);
            value.Write(json);
        }
    }

    public static void Members(this Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(Whole(value));
        }

        json.WriteEndArray();
    }

    public static void Members(this Utf8JsonWriter json, string name, IReadOnlyList<IJsonObject> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var value in values)
        {
            value.Write(json);
        }

        json.WriteEndArray();
    }

    // The writer would put U+FFFD for half a surrogate pair, and what is signed would differ from what was meant.
    private static string Whole(string value) => IsWhole(value)
        ? value
        : throw new ArgumentException("The text holds half a surrogate pair or U+0000, which cannot be signed.", nameof(value));

    /// <summary>No half surrogate pair and no U+0000.</summary>
    public static bool IsWhole(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]) || value[i] == '\0')
            {
                return false;
            }
        }

        return true;
    }
}
