using System.Numerics;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// The points of order 1, 2, 4 and 8, and encodings that are not canonical. With such a key a signature can hold for many
/// messages at once, so what it "signed" means nothing (RFC 8032 5.1.3 leaves this check to the caller).
/// </summary>
internal static class Ed25519SmallOrder
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    /// <summary>The y coordinate of the points of order 8; the other three have its negative.</summary>
    private static readonly BigInteger OrderEight =
        BigInteger.Parse("2707385501144840649318225287225658788936804267575313519463743609750303021540", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly BigInteger[] SmallOrderY = [BigInteger.Zero, BigInteger.One, Prime - 1, OrderEight, Prime - OrderEight];

    internal static bool Contains(ReadOnlySpan<byte> raw)
    {
        Span<byte> y = stackalloc byte[32];
        raw.CopyTo(y);
        y[31] &= 0x7F;
        var value = new BigInteger(y, isUnsigned: true);
        return value >= Prime || SmallOrderY.Contains(value);
    }
}
