using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A <c>type</c>: one text or an array of texts. Read in plain loops, since every object of a document has one.</summary>
internal static class TypeSet
{
    public static bool IsTextOrTexts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return value.ValueKind == JsonValueKind.String;
        }

        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="types">As <see cref="IsTextOrTexts"/> has accepted it.</param>
    public static bool HasOneOf(JsonElement types, string[] needed)
    {
        if (types.ValueKind == JsonValueKind.String)
        {
            return IsOneOf(types, needed);
        }

        foreach (var item in types.EnumerateArray())
        {
            if (IsOneOf(item, needed))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOneOf(JsonElement text, string[] needed)
    {
        foreach (var type in needed)
        {
            if (text.ValueEquals(type))
            {
                return true;
            }
        }

        return false;
    }
}
