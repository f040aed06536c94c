using System.Text;

namespace SkillBadges.Core.Storage;

/// <summary>Text that every engine can hold: no U+0000 and no half of a surrogate pair.</summary>
public static class StorableText
{
    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        // Nearly all texts are settled here, sixteen characters and more at a time.
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0'))
        {
            return true;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
            {
                return false;
            }

            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    /// <exception cref="RefusedException"><c>storage.text-not-storable</c>.</exception>
    public static string Require(string text) => IsStorable(text)
        ? text
        : throw Refused.Invalid("storage.text-not-storable", "The text holds a character that cannot be stored (U+0000 or half of a pair).");

    /// <summary>An id as both engines take it.</summary>
    /// <exception cref="RefusedException"><c>storage.text-too-long</c>, <c>storage.text-not-storable</c>.</exception>
    public static void RequireId(string id)
    {
        if (id.Length == 0 || Encoding.UTF8.GetByteCount(id) > IndexValue.MaxTextBytes)
        {
            throw Refused.Invalid("storage.text-too-long", $"An id has 1 to {IndexValue.MaxTextBytes} bytes.");
        }

        Require(id);
    }
}
