using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.Core.SignIn;

/// <summary>Time-based one-time passwords, RFC 6238 (2011-05): SHA-1, six digits, steps of 30 seconds.</summary>
public static class Totp
{
    public const int SecretBytes = 20;
    private const int StepSeconds = 30;
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The step in which the code is right, the current one or a neighbor, if it is later than the last that was used; else null.</summary>
    public static long? StepOf(string code, ReadOnlySpan<byte> secret, DateTimeOffset now, long lastStep)
    {
        var typed = code.Where(c => !char.IsWhiteSpace(c)).ToArray();
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            // Each step costs the same, whether it matches or not.
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(secret, step)), Encoding.UTF8.GetBytes(typed)) && step > lastStep)
            {
                found ??= step;
            }
        }

        return found;
    }

    public static string CodeAt(ReadOnlySpan<byte> secret, DateTimeOffset instant) => CodeAt(secret, instant.ToUnixTimeSeconds() / StepSeconds);

    /// <summary>RFC 4648 base 32 without padding, as authenticator apps take it.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int bits = 0, value = 0;
        foreach (var b in bytes)
        {
            value = (value << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(Base32[(value >> (bits - 5)) & 31]);
            }

            value &= (1 << bits) - 1;
        }

        return bits > 0 ? text.Append(Base32[(value << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    private static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6238 with SHA-1 is what every authenticator app speaks; HMAC does not rest on collision resistance.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
