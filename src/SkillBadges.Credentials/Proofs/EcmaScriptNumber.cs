using System.Globalization;

namespace SkillBadges.Credentials.Proofs;

/// <summary>Number::toString of ECMAScript (ECMA-262 10th edition 7.1.12.1), which RFC 8785 3.2.2.3 asks for.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>Sign, 17 digits, point, up to six zeros; or 21 digits; or digits with an exponent.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes a finite double and returns how many bytes it took.</summary>
    public static int Format(double value, Span<byte> output)
    {
        if (value == 0)
        {
            // Minus zero too.
            output[0] = (byte)'0';
            return 1;
        }

        // Shortest digits that read back as the same double; the digits without the point are n, k and s of the steps.
        Span<byte> scientific = stackalloc byte[MaxLength];
        value.TryFormat(scientific, out var length, "R", CultureInfo.InvariantCulture);
        var text = scientific[..length];
        var written = 0;
        if (text[0] == '-')
        {
            output[written++] = (byte)'-';
            text = text[1..];
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        var (k, n) = ReadDigits(text, digits);
        return written + Layout(digits[..k], n, output[written..]);
    }

    /// <summary>Splits what .NET wrote into significant digits (k of them) and n, where the value is 0.digits times ten to the n.</summary>
    private static (int Digits, int Exponent) ReadDigits(ReadOnlySpan<byte> text, Span<byte> digits)
    {
        var exponent = 0;
        var mark = text.IndexOf((byte)'E');
        if (mark >= 0)
        {
            exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..mark];
        }

        var (count, whole, isWhole) = (0, 0, true);
        foreach (var character in text)
        {
            if (character == '.')
            {
                isWhole = false;
                continue;
            }

            whole += isWhole ? 1 : 0;
            digits[count++] = character;
        }

        var zeros = digits[..count].IndexOfAnyExcept((byte)'0');
        digits[zeros..count].CopyTo(digits);
        count -= zeros;
        while (digits[count - 1] == '0')
        {
            count--;
        }

        return (count, exponent + whole - zeros);
    }

    private static int Layout(ReadOnlySpan<byte> digits, int n, Span<byte> output)
    {
        var k = digits.Length;
        if (k <= n && n <= 21)
        {
            digits.CopyTo(output);
            output[k..n].Fill((byte)'0');
            return n;
        }

        if (n is > 0 and <= 21)
        {
            digits[..n].CopyTo(output);
            output[n] = (byte)'.';
            digits[n..].CopyTo(output[(n + 1)..]);
            return k + 1;
        }

        if (n is > -6 and <= 0)
        {
            "0."u8.CopyTo(output);
            output.Slice(2, -n).Fill((byte)'0');
            digits.CopyTo(output[(2 - n)..]);
            return 2 - n + k;
        }

        output[0] = digits[0];
        var length = 1;
        if (k > 1)
        {
            output[length++] = (byte)'.';
            digits[1..].CopyTo(output[length..]);
            length += k - 1;
        }

        output[length++] = (byte)'e';
        output[length++] = n > 0 ? (byte)'+' : (byte)'-';
        Math.Abs(n - 1).TryFormat(output[length..], out var exponentLength, default, CultureInfo.InvariantCulture);
        return length + exponentLength;
    }
}
