using System.Globalization;
using System.Numerics;

namespace SkillBadges.Credentials.Keys;

/// <summary>What may not stand for a point in a key or a signature (RFC 8032 5.1.3 leaves the second of the two to the caller).</summary>
internal static class Ed25519Points
{
    private const int Length = 32;
    private const int SignBit = 0x80;

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    /// <summary>The y coordinate of four points of order 8; the other four have its negative.</summary>
    private static readonly BigInteger OrderEight = BigInteger.Parse("2707385501144840649318225287225658788936804267575313519463743609750303402022", CultureInfo.InvariantCulture);

    private static readonly byte[][] SmallOrder = [.. new[] { BigInteger.Zero, BigInteger.One, Prime - 1, OrderEight, Prime - OrderEight }.Select(Bytes)];

    /// <summary>Whether the y coordinate is below the field's prime, as it has to be written.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> point) =>
        (point[31] | SignBit) != 0xFF || point[0] < 0xED || point[1..31].ContainsAnyExcept((byte)0xFF);

    /// <summary>Whether it is of order 1, 2, 4 or 8. With such a key one signature can hold for many messages, so what it "signed" means nothing.</summary>
    public static bool IsOfSmallOrder(ReadOnlySpan<byte> point)
    {
        foreach (var small in SmallOrder)
        {
            if ((point[31] & ~SignBit) == small[31] && point[..31].SequenceEqual(small.AsSpan(0, 31)))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Bytes(BigInteger y)
    {
        var bytes = new byte[Length];
        y.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
