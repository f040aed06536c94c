using System.Buffers;
using System.Buffers.Text;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Base64url as RFC 7515 2 wants it: no padding, no white space, and unused bits zero, so that each byte string has exactly one
/// text. Lenient decoders let a signed text be changed without its meaning changing.
/// </summary>
public static class StrictBase64Url
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Characters);
    private static readonly SearchValues<byte> AlphabetBytes = SearchValues.Create(System.Text.Encoding.ASCII.GetBytes(Characters));

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>The bytes, or null when the text is not canonical base64url.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> ascii) =>
        ascii.IndexOfAnyExcept(AlphabetBytes) < 0 && EndsCanonically(ascii.Length, ascii.IsEmpty ? default : ascii[^1])
            ? Base64Url.DecodeFromUtf8(ascii)
            : null;

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte})"/>
    public static byte[]? Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Alphabet) < 0 && EndsCanonically(text.Length, text.IsEmpty ? default : (byte)text[^1])
            ? Base64Url.DecodeFromChars(text)
            : null;

    private static bool EndsCanonically(int length, byte last) => (length % 4) switch
    {
        0 => true,
        2 => (Value(last) & 0b1111) == 0,
        3 => (Value(last) & 0b11) == 0,
        _ => false,
    };

    private static int Value(byte character) => Characters.IndexOf((char)character, StringComparison.Ordinal);
}
