using System.Globalization;
using System.Text.RegularExpressions;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>The forms that strings of the model have. Each costs time in proportion to the text and no more.</summary>
internal static partial class ValueForms
{
    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    /// <summary>RFC 3986 (with the wider characters of RFC 3987): a scheme, then no spaces, controls or delimiters that a URI cannot hold.</summary>
    public static bool IsAbsoluteUri(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || !char.IsAsciiLetter(text[0]) || colon == text.Length - 1)
        {
            return false;
        }

        foreach (var c in text.AsSpan(1, colon - 1))
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        for (var i = colon + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c <= ' ' || c is '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}' or '\u007f')
            {
                return false;
            }

            if (c == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2])))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsCompactJws(string text) => CompactJws().IsMatch(text);

    public static bool IsLanguage(string text) => Language().IsMatch(text);

    /// <summary><c>sha256$</c> and 64 hex digits; <c>md5$</c> and 32 is known from older badges and weak.</summary>
    public static bool IsIdentityHash(string text, out bool weak)
    {
        weak = text.StartsWith("md5$", StringComparison.Ordinal);
        return IdentityHash().IsMatch(text);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+\z")]
    private static partial Regex CompactJws();

    [GeneratedRegex(@"\A[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\z")]
    private static partial Regex Language();

    [GeneratedRegex(@"\A(sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32})\z")]
    private static partial Regex IdentityHash();
}
