using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>
/// A keyed permutation of 0..131,071: an alternating Feistel network over the 9 high and 8 low bits, its rounds keyed by HMAC-SHA-256.
/// Each number has one index and each index one number, so numbers that are leased once give indexes that are used once.
/// </summary>
public static class StatusIndexOrder
{
    private const int Rounds = 10;
    private const int LowBits = 8;
    private const int LowMask = 0xFF;
    private const int HighMask = 0x1FF;

    /// <param name="secret">The list's secret.</param>
    /// <param name="number">A sequence number below <see cref="StatusList.Size"/>.</param>
    public static int IndexOf(ReadOnlySpan<byte> secret, int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, StatusList.Size);
        var high = number >> LowBits;
        var low = number & LowMask;
        for (var round = 0; round < Rounds; round += 2)
        {
            high ^= Mix(secret, round, low) & HighMask;
            low ^= Mix(secret, round + 1, high) & LowMask;
        }

        return (high << LowBits) | low;
    }

    private static int Mix(ReadOnlySpan<byte> secret, int round, int half)
    {
        Span<byte> input = stackalloc byte[5];
        Span<byte> output = stackalloc byte[HMACSHA256.HashSizeInBytes];
        input[0] = (byte)round;
        BinaryPrimitives.WriteInt32BigEndian(input[1..], half);
        HMACSHA256.HashData(secret, input, output);
        return BinaryPrimitives.ReadInt32BigEndian(output);
    }
}
