using System.Buffers.Binary;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Base58btc text with its multibase prefix <c>z</c> (Controlled Identifiers 1.0, REC 2025-05-15, 2.4): the form of Multikeys,
/// did:key names and proof values.
/// </summary>
public static class Multibase
{
    /// <summary>Longer text is refused before any work is done: the cost grows with the square of the length.</summary>
    public const int MaxTextLength = 1024;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int DigitsAtOnce = 5;
    private const uint FiveDigits = 58 * 58 * 58 * 58 * 58;

    /// <summary>The value of each ASCII character; -1 for one that is no digit.</summary>
    private static readonly int[] digitValues = [.. Enumerable.Range(0, 128).Select(character => Alphabet.IndexOf((char)character, StringComparison.Ordinal))];

    /// <summary>The text, <c>z</c> first.</summary>
    public static string EncodeBase58(ReadOnlySpan<byte> bytes)
    {
        var zeros = bytes.IndexOfAnyExcept((byte)0);
        zeros = zeros < 0 ? bytes.Length : zeros;
        Span<uint> words = stackalloc uint[Math.Min(bytes.Length, MaxTextLength) / 4 + 1];
        ReadWords(bytes[zeros..], ref words);

        // Digits come out last first, five at a time.
        Span<char> text = new char[bytes.Length * 138 / 100 + DigitsAtOnce + 2 + zeros];
        var at = text.Length;
        while (words.Length > 0)
        {
            var rest = DivideByFiveDigits(words);
            words = words[0] == 0 ? words[1..] : words;
            for (var digit = 0; digit < DigitsAtOnce; digit++, rest /= 58)
            {
                text[--at] = Alphabet[(int)(rest % 58)];
            }
        }

        while (at < text.Length && text[at] == '1')
        {
            at++;
        }

        at -= zeros;
        text.Slice(at, zeros).Fill('1');
        text[--at] = 'z';
        return new string(text[at..]);
    }

    /// <summary>The bytes of a <c>z...</c> text; null for another prefix, a foreign character or more than <see cref="MaxTextLength"/>.</summary>
    public static byte[]? DecodeBase58(ReadOnlySpan<char> text)
    {
        if (text.Length is < 1 or > MaxTextLength || text[0] != 'z')
        {
            return null;
        }

        text = text[1..];
        var zeros = text.IndexOfAnyExcept('1');
        zeros = zeros < 0 ? text.Length : zeros;
        Span<uint> words = stackalloc uint[text.Length / DigitsAtOnce + 1];
        words.Clear();
        for (var at = zeros; at < text.Length;)
        {
            uint value = 0;
            uint weight = 1;
            for (var digit = 0; digit < DigitsAtOnce && at < text.Length; digit++, at++)
            {
                var digitValue = text[at] < digitValues.Length ? digitValues[text[at]] : -1;
                if (digitValue < 0)
                {
                    return null;
                }

                value = (value * 58) + (uint)digitValue;
                weight *= 58;
            }

            MultiplyAndAdd(words, weight, value);
        }

        return WriteBytes(words, zeros);
    }

    private static void ReadWords(ReadOnlySpan<byte> bytes, ref Span<uint> words)
    {
        var count = (bytes.Length + 3) / 4;
        words = words.Length >= count ? words[..count] : new uint[count];
        for (var at = count - 1; at > 0; at--)
        {
            words[at] = BinaryPrimitives.ReadUInt32BigEndian(bytes[^4..]);
            bytes = bytes[..^4];
        }

        // What is left in front has one to four bytes.
        if (count > 0)
        {
            words[0] = 0;
            foreach (var part in bytes)
            {
                words[0] = (words[0] << 8) | part;
            }
        }
    }

    private static uint DivideByFiveDigits(Span<uint> words)
    {
        ulong rest = 0;
        for (var at = 0; at < words.Length; at++)
        {
            var value = (rest << 32) | words[at];
            words[at] = (uint)(value / FiveDigits);
            rest = value % FiveDigits;
        }

        return (uint)rest;
    }

    private static void MultiplyAndAdd(Span<uint> words, uint weight, uint value)
    {
        ulong carry = value;
        for (var at = words.Length - 1; at >= 0; at--)
        {
            carry += (ulong)words[at] * weight;
            words[at] = (uint)carry;
            carry >>= 32;
        }
    }

    private static byte[] WriteBytes(ReadOnlySpan<uint> words, int zeros)
    {
        Span<byte> bytes = stackalloc byte[words.Length * 4];
        for (var at = 0; at < words.Length; at++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(at * 4)..], words[at]);
        }

        var start = bytes.IndexOfAnyExcept((byte)0);
        start = start < 0 ? bytes.Length : start;
        var result = new byte[zeros + bytes.Length - start];
        bytes[start..].CopyTo(result.AsSpan(zeros));
        return result;
    }
}
