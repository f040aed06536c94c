using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkillBadges.Core.Mastery;

/// <summary>
/// Which characters authored text may hold. Refused are those that a reader cannot see and that change what is read: controls,
/// bidirectional embeddings, overrides and isolates, byte order marks, tag characters, line and paragraph separators, noncharacters.
/// Joiners and direction marks stay: Persian, Hindi and Arabic need them.
/// </summary>
public static class AuthoredText
{
    /// <summary>The first character that may not stand in authored text, as <c>U+202E</c>, or null.</summary>
    public static string? Offender(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var length) != OperationStatus.Done)
            {
                return Name(text[i]);
            }

            if (!IsAllowed(rune))
            {
                return Name(rune.Value);
            }

            i += length;
        }

        return null;
    }

    /// <summary>The text in quotes where it may be shown in a message, else a placeholder.</summary>
    public static string Quote(string text) => text.Length <= 60 && Offender(text) is null ? $"\"{text}\"" : "(text that cannot be shown here)";

    private static bool IsAllowed(Rune rune) => rune.Value switch
    {
        >= 0x202A and <= 0x202E => false,
        >= 0x2066 and <= 0x2069 => false,
        0x2028 or 0x2029 or 0xFEFF => false,
        >= 0xFDD0 and <= 0xFDEF => false,
        >= 0xE0000 and <= 0xE007F => false,
        _ => (rune.Value & 0xFFFE) != 0xFFFE && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control,
    };

    private static string Name(int value) => "U+" + value.ToString("X4", CultureInfo.InvariantCulture);
}
