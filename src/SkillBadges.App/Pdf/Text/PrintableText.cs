using System.Globalization;
using System.Text;

namespace SkillBadges.App.Pdf.Text;

/// <summary>
/// Text as one line that can be drawn: what cannot be seen, breaks lines or turns the direction of reading is gone. Stored text was checked when it
/// came in; what imports bring may be older than the check.
/// </summary>
internal static class PrintableText
{
    public static string Of(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    line.Append(' ');
                    break;

                // Marks of direction, joiners, variation selectors, the byte order mark, code points without a character.
                case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                case UnicodeCategory.NonSpacingMark when rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF):
                    break;
                default:
                    line.Append(rune.ToString());
                    break;
            }
        }

        return line.ToString();
    }
}
