using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>The forms that strings of the model have. Each costs time in proportion to the text and no more.</summary>
internal static partial class ValueForms
{
    private static readonly SearchValues<byte> schemeBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."u8);

    /// <summary>What a URI cannot hold, and the sign that it can hold in front of two hexadecimal digits only.</summary>
    private static readonly SearchValues<byte> foreignBytesOrPercent =
        SearchValues.Create([.. Enumerable.Range(0, 33).Select(control => (byte)control), .. "\"<>\\^`{|}"u8, 0x7F, (byte)'%']);

    public static bool IsDate(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static bool IsAbsoluteUri(string text) => IsAbsoluteUri(Encoding.UTF8.GetBytes(text));

    /// <summary>RFC 3986 (with the wider characters of RFC 3987): a scheme, then no spaces, controls or delimiters that a URI cannot hold.</summary>
    public static bool IsAbsoluteUri(ReadOnlySpan<byte> utf8)
    {
        var colon = utf8.IndexOf((byte)':');
        if (colon < 1 || colon == utf8.Length - 1 || !char.IsAsciiLetter((char)utf8[0]) || utf8[..colon].IndexOfAnyExcept(schemeBytes) >= 0)
        {
            return false;
        }

        var rest = utf8[(colon + 1)..];
        for (var at = rest.IndexOfAny(foreignBytesOrPercent); at >= 0; at = rest.IndexOfAny(foreignBytesOrPercent))
        {
            if (rest[at] != '%' || at + 2 >= rest.Length || !char.IsAsciiHexDigit((char)rest[at + 1]) || !char.IsAsciiHexDigit((char)rest[at + 2]))
            {
                return false;
            }

            rest = rest[(at + 3)..];
        }

        return true;
    }

    public static bool IsCompactJws(string text) => CompactJws().IsMatch(text);

    public static bool IsLanguage(string text) => Language().IsMatch(text);

    /// <summary>BCP 47 (RFC 5646 2.2.9, September 2009), well-formed as JSON-LD asks it: parts of up to eight letters or digits, the first of letters alone.</summary>
    public static bool IsLanguageTag(string text) => LanguageTag().IsMatch(text);

    /// <summary>Two letters, with a region or without, as the published schemas have it.</summary>
    public static bool IsLanguageMapKey(string text) => LanguageMapKey().IsMatch(text);

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

    [GeneratedRegex(@"\A[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\z")]
    private static partial Regex LanguageTag();

    [GeneratedRegex(@"\A[a-z]{2}(-[A-Z]{2})?\z")]
    private static partial Regex LanguageMapKey();

    [GeneratedRegex(@"\A(sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32})\z")]
    private static partial Regex IdentityHash();
}
