using System.Globalization;
using System.Text;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core;

/// <summary>
/// Text that people typed and people will read: names, titles, comments. Any script is welcome; what could disguise other
/// text is not (control characters, bidirectional overrides, unpaired surrogates).
/// </summary>
public static class DisplayText
{
    /// <summary>Trims and checks one line of 1 to <paramref name="maxLength"/> characters.</summary>
    /// <exception cref="RefusedException">The given code, in the words of what is wrong.</exception>
    public static string Require(string? text, int maxLength, string code)
    {
        var trimmed = text?.Trim() ?? "";
        if (!trimmed.Any(IsVisible))
        {
            throw Refused.Invalid(code, "Please write something here.");
        }

        return Checked(trimmed, maxLength, code, allowLines: false);
    }

    /// <summary>As <see cref="Require"/>, but nothing is an answer (null) and lines may break.</summary>
    public static string? Optional(string? text, int maxLength, string code)
    {
        var trimmed = text?.Trim() ?? "";
        return !trimmed.Any(IsVisible) ? null : Checked(trimmed, maxLength, code, allowLines: true);
    }

    // What takes no ink would be a reason, a name or a comment that says nothing. A control character is judged below, with its own words.
    private static bool IsVisible(char c) => char.IsControl(c)
        || (!char.IsWhiteSpace(c) && c is not ('\u115F' or '\u1160' or '\u2800' or '\u3164' or '\uFFA0') && CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.Format);

    private static string Checked(string text, int maxLength, string code, bool allowLines)
    {
        if (text.Length > maxLength)
        {
            throw Refused.Invalid(code, $"At most {maxLength} characters, please; this has {text.Length}.");
        }

        if (!StorableText.IsStorable(text) || text.Any(c => IsDisguise(c) && !(allowLines && c is '\n' or '\t' or '\r')))
        {
            throw Refused.Invalid(code, "The text holds a control character or one that turns the direction of reading; please remove it.");
        }

        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    // U+202A-202E and U+2066-2069 turn the reading direction of what follows; right-to-left scripts do not need them.
    private static bool IsDisguise(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
