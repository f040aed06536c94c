namespace SkillBadges.Credentials.Keys;

/// <summary>
/// The two forms of an ECDSA signature: r||s, each as long as a coordinate, which JOSE and Data Integrity use (IEEE P1363), and OpenSSL's
/// DER, SEQUENCE { INTEGER r, INTEGER s } (RFC 3279 2.2.3).
/// </summary>
internal static class EcSignatureForm
{
    /// <summary>Bytes of the longest DER form: two numbers of 48 bytes with a zero in front, two bytes before each and before both.</summary>
    internal const int MaxDerLength = 2 + (2 * (2 + 1 + 48));

    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    /// <summary>Writes r||s as DER; whether the numbers are in range is for the verification to say.</summary>
    /// <returns>Bytes written.</returns>
    internal static int ToDer(ReadOnlySpan<byte> signature, Span<byte> der)
    {
        var half = signature.Length / 2;
        var length = 2;
        length += WriteInteger(signature[..half], der[length..]);
        length += WriteInteger(signature[half..], der[length..]);
        der[0] = Sequence;
        der[1] = (byte)(length - 2);
        return length;
    }

    /// <summary>Reads DER into r||s, each half padded with zeros in front.</summary>
    /// <returns>False when it is not exactly two numbers that fit.</returns>
    internal static bool FromDer(ReadOnlySpan<byte> der, Span<byte> signature)
    {
        var half = signature.Length / 2;
        return der is [Sequence, var length, ..] && length == der.Length - 2
            && ReadInteger(der[2..], signature[..half], out var consumed)
            && ReadInteger(der[(2 + consumed)..], signature[half..], out var rest)
            && 2 + consumed + rest == der.Length;
    }

    private static int WriteInteger(ReadOnlySpan<byte> number, Span<byte> der)
    {
        // The shortest form: no zero bytes in front, but one where the number would else look negative.
        var zeros = number.IndexOfAnyExcept((byte)0);
        number = number[(zeros < 0 ? number.Length - 1 : zeros)..];
        var sign = number[0] >= 0x80 ? 1 : 0;
        der[0] = Integer;
        der[1] = (byte)(sign + number.Length);
        der[2] = 0;
        number.CopyTo(der[(2 + sign)..]);
        return 2 + sign + number.Length;
    }

    private static bool ReadInteger(ReadOnlySpan<byte> der, Span<byte> number, out int consumed)
    {
        consumed = 0;
        if (der is not [Integer, var length and > 0, ..] || length > der.Length - 2)
        {
            return false;
        }

        consumed = 2 + length;
        var value = der.Slice(2, length);
        value = value is [0, >= 0x80, ..] ? value[1..] : value;
        if (value.Length > number.Length)
        {
            return false;
        }

        number.Clear();
        value.CopyTo(number[^value.Length..]);
        return true;
    }
}
