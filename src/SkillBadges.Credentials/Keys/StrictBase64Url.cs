using System.Buffers.Text;
using System.Text;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Base64url as RFC 7515 2 wants it: no padding, no white space, and unused bits zero, so that each byte string has exactly one
/// text. Lenient decoders let a signed text be changed without its meaning changing.
/// </summary>
public static class StrictBase64Url
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>The bytes, or null when the text is not canonical base64url.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> ascii)
    {
        if (!IsCanonical(ascii))
        {
            return null;
        }

        return Base64Url.DecodeFromUtf8(ascii);
    }

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte})"/>
    public static byte[]? Decode(string text)
    {
        // A character beyond ASCII becomes '?', which is outside the alphabet.
        return Decode(Encoding.ASCII.GetBytes(text));
    }

    private static bool IsCanonical(ReadOnlySpan<byte> ascii)
    {
        foreach (var character in ascii)
        {
            if (Value(character) < 0)
            {
                return false;
            }
        }

        return (ascii.Length % 4) switch
        {
            0 => true,
            2 => (Value(ascii[^1]) & 0b1111) == 0,
            3 => (Value(ascii[^1]) & 0b11) == 0,
            _ => false,
        };
    }

    private static int Value(byte character) => character switch
    {
        >= (byte)'A' and <= (byte)'Z' => character - 'A',
        >= (byte)'a' and <= (byte)'z' => character - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => character - '0' + 52,
        (byte)'-' => 62,
        (byte)'_' => 63,
        _ => -1,
    };
}
