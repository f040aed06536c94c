using System.Globalization;
using System.Numerics;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Multikey text: multibase over a multicodec prefix and the raw key, EC points compressed (Controlled Identifiers 1.0,
/// REC 2025-05-15, 2.2.2). RSA has no Multikey.
/// </summary>
internal static class MultikeyFormat
{
    // Multicodec codes as unsigned varints: ed25519-pub 0xed, p256-pub 0x1200, p384-pub 0x1201.
    private static ReadOnlySpan<byte> Ed25519Prefix => [0xED, 0x01];

    private static ReadOnlySpan<byte> P256Prefix => [0x80, 0x24];

    private static ReadOnlySpan<byte> P384Prefix => [0x81, 0x24];

    internal static string? Write(PublicKey key) => key switch
    {
        Ed25519PublicKey ed25519 => Multibase.EncodeBase58([.. Ed25519Prefix, .. ed25519.Raw]),
        EcPublicKey ec => Multibase.EncodeBase58([.. ec.Curve == EcCurve.P256 ? P256Prefix : P384Prefix, .. Compress(ec)]),
        _ => null,
    };

    internal static PublicKey Read(string multikey)
    {
        var bytes = Multibase.DecodeBase58(multikey)
            ?? throw new MalformedException("key.malformed", "A Multikey is base58btc text that starts with z.");
        if (bytes.Length < 2)
        {
            throw new MalformedException("key.malformed", "The Multikey is too short.");
        }

        ReadOnlySpan<byte> prefix = bytes.AsSpan(0, 2);
        ReadOnlySpan<byte> raw = bytes.AsSpan(2);
        if (prefix.SequenceEqual(Ed25519Prefix))
        {
            return new Ed25519PublicKey(raw);
        }

        if (prefix.SequenceEqual(P256Prefix))
        {
            return Decompress(EcCurve.P256, raw);
        }

        return prefix.SequenceEqual(P384Prefix)
            ? Decompress(EcCurve.P384, raw)
            : throw new MalformedException("key.unsupported", "The Multikey is of a kind that is not supported.");
    }

    private static byte[] Compress(EcPublicKey key) => [(byte)(2 + (key.Y[^1] & 1)), .. key.X];

    /// <summary>SEC 1 2.3.4: y is a square root of x^3 - 3x + b; both primes are 3 modulo 4, so one power gives it.</summary>
    private static EcPublicKey Decompress(EcCurve curve, ReadOnlySpan<byte> point)
    {
        if (point.Length != curve.CoordinateLength + 1 || point[0] is not (2 or 3))
        {
            throw new MalformedException("key.malformed", $"A compressed {curve.JwkName} point starts with 2 or 3 and has {curve.CoordinateLength + 1} bytes.");
        }

        var (prime, b) = curve == EcCurve.P256 ? P256 : P384;
        var x = new BigInteger(point[1..], isUnsigned: true, isBigEndian: true);
        var square = (BigInteger.ModPow(x, 3, prime) - (3 * x) + b) % prime;
        square = square.Sign < 0 ? square + prime : square;
        var y = BigInteger.ModPow(square, (prime + 1) / 4, prime);
        if (x >= prime || y * y % prime != square)
        {
            throw new MalformedException("key.malformed", $"The point is not on the curve {curve.JwkName}.");
        }

        if (y.IsEven != (point[0] == 2))
        {
            y = prime - y;
        }

        var yBytes = new byte[curve.CoordinateLength];
        var unpadded = y.ToByteArray(isUnsigned: true, isBigEndian: true);
        unpadded.CopyTo(yBytes, yBytes.Length - unpadded.Length);
        return new EcPublicKey(curve, point[1..].ToArray(), yBytes);
    }

    // SP 800-186 (2023-02) 3.2.1.3 and 3.2.1.4.
    private static readonly (BigInteger Prime, BigInteger B) P256 = (
        Hex("0ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
        Hex("05ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"));

    private static readonly (BigInteger Prime, BigInteger B) P384 = (
        Hex("0fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff"),
        Hex("0b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef"));

    private static BigInteger Hex(string digits) => BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
