using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>What P-256 and P-384 differ in.</summary>
internal sealed record EcCurve(SignatureAlgorithm Algorithm, string JwkName, int CoordinateLength, ECCurve Curve)
{
    // EVP_PKEY_PUBLIC_KEY and EVP_PKEY_KEYPAIR: what is handed over beside the name of the curve.
    private const int PublicKeyOnly = 0x86;
    private const int KeyPair = 0x87;

    public static readonly EcCurve P256 = new(SignatureAlgorithm.ES256, "P-256", 32, ECCurve.NamedCurves.nistP256);

    public static readonly EcCurve P384 = new(SignatureAlgorithm.ES384, "P-384", 48, ECCurve.NamedCurves.nistP384);

    public int SignatureLength => CoordinateLength * 2;

    public int Hash(ReadOnlySpan<byte> data, Span<byte> hash) =>
        Algorithm == SignatureAlgorithm.ES256 ? Sha2.Hash256(data, hash) : Sha2.Hash384(data, hash);

    public static byte[] Uncompressed(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => [4, .. x, .. y];

    /// <summary>
    /// A key in OpenSSL's hands. It refuses coordinates beyond the prime and points that are not on the curve; on curves of prime order, as both
    /// are, every such point is a sound public key, so that the slow multiplication by the order is spared.
    /// </summary>
    /// <param name="point">As SEC 1 2.3.3 writes it, compressed or not.</param>
    /// <param name="scalar">The private number, with the most significant byte first; empty for a public key.</param>
    /// <returns>A handle that is not valid when the numbers are no key.</returns>
    public unsafe EvpKeyHandle Open(ReadOnlySpan<byte> point, ReadOnlySpan<byte> scalar)
    {
        Span<byte> number = stackalloc byte[CoordinateLength];
        number = number[..scalar.Length];
        scalar.CopyTo(number);
        if (BitConverter.IsLittleEndian)
        {
            number.Reverse();
        }

        try
        {
            fixed (byte* groupName = "group\0"u8, group = Algorithm == SignatureAlgorithm.ES256 ? "P-256\0"u8 : "P-384\0"u8)
            fixed (byte* publicName = "pub\0"u8, privateName = "priv\0"u8, pointAt = point, numberAt = number)
            {
                ReadOnlySpan<OpenSsl.Parameter> parameters =
                [
                    new(groupName, OpenSsl.Parameter.Text, group, 5),
                    new(publicName, OpenSsl.Parameter.Bytes, pointAt, (nuint)point.Length),
                    scalar.IsEmpty ? default : new(privateName, OpenSsl.Parameter.UnsignedInteger, numberAt, (nuint)number.Length),
                    default,
                ];
                using var context = OpenSsl.EVP_PKEY_CTX_new_from_name(0, "EC\0"u8, 0);
                nint key = 0;
                var isKey = !context.IsInvalid
                    && OpenSsl.EVP_PKEY_fromdata_init(context) == 1
                    && OpenSsl.EVP_PKEY_fromdata(context, out key, scalar.IsEmpty ? PublicKeyOnly : KeyPair, parameters) == 1;
                if (!isKey)
                {
                    OpenSsl.ERR_clear_error();
                }

                return new EvpKeyHandle(isKey ? key : 0);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(number);
        }
    }

    /// <summary>The coordinates of a public key, which OpenSSL has worked out where the point was compressed.</summary>
    public unsafe (byte[] X, byte[] Y) Coordinates(EvpKeyHandle key)
    {
        var (x, y) = (new byte[CoordinateLength], new byte[CoordinateLength]);
        fixed (byte* xName = "qx\0"u8, yName = "qy\0"u8, xAt = x, yAt = y)
        {
            Span<OpenSsl.Parameter> wanted =
            [
                new(xName, OpenSsl.Parameter.UnsignedInteger, xAt, (nuint)x.Length),
                new(yName, OpenSsl.Parameter.UnsignedInteger, yAt, (nuint)y.Length),
                default,
            ];
            if (OpenSsl.EVP_PKEY_get_params(key, wanted) != 1)
            {
                OpenSsl.ERR_clear_error();
                throw new CryptographicException("OpenSSL does not tell the numbers of a key.");
            }
        }

        if (BitConverter.IsLittleEndian)
        {
            Array.Reverse(x);
            Array.Reverse(y);
        }

        return (x, y);
    }
}
