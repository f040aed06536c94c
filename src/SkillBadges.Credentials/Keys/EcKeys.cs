using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>What P-256 and P-384 differ in.</summary>
internal sealed record EcCurve(SignatureAlgorithm Algorithm, string JwkName, int CoordinateLength, ECCurve Curve)
{
    public static readonly EcCurve P256 = new(SignatureAlgorithm.ES256, "P-256", 32, ECCurve.NamedCurves.nistP256);

    public static readonly EcCurve P384 = new(SignatureAlgorithm.ES384, "P-384", 48, ECCurve.NamedCurves.nistP384);

    public int Hash(ReadOnlySpan<byte> data, Span<byte> hash) =>
        Algorithm == SignatureAlgorithm.ES256 ? SHA256.HashData(data, hash) : SHA384.HashData(data, hash);
}

internal sealed class EcPublicKey : PublicKey
{
    private readonly ECDsa ecdsa;

    internal EcPublicKey(EcCurve curve, byte[] x, byte[] y)
        : base(curve.Algorithm)
    {
        if (x.Length != curve.CoordinateLength || y.Length != curve.CoordinateLength)
        {
            throw new MalformedException("key.malformed", $"A {curve.JwkName} coordinate has {curve.CoordinateLength} bytes.");
        }

        try
        {
            // The import checks that the point is on the curve and not at infinity.
            ecdsa = ECDsa.Create(new ECParameters { Curve = curve.Curve, Q = new ECPoint { X = x, Y = y } });
        }
        catch (CryptographicException fault)
        {
            throw new MalformedException("key.malformed", $"The point is not on the curve {curve.JwkName}.", fault);
        }

        Curve = curve;
        X = x;
        Y = y;
        RequiredMembers = [("crv", curve.JwkName), ("kty", "EC"), ("x", StrictBase64Url.Encode(x)), ("y", StrictBase64Url.Encode(y))];
    }

    internal EcCurve Curve { get; }

    internal byte[] X { get; }

    internal byte[] Y { get; }

    internal override IReadOnlyList<(string Name, string Value)> RequiredMembers { get; }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Curve.CoordinateLength * 2)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..Curve.Hash(data, hash)];
        return ecdsa.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}

internal sealed class EcPrivateKey(ECDsa ecdsa) : PrivateKey(PublicPart(ecdsa))
{
    private readonly EcCurve curve = CurveOf(ecdsa.KeySize);

    public override int MaxSignatureLength => curve.CoordinateLength * 2;

    public override byte[] ExportPkcs8() => ecdsa.ExportPkcs8PrivateKey();

    public override int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..curve.Hash(data, hash)];
        if (!ecdsa.TrySignHash(hash, destination, DSASignatureFormat.IeeeP1363FixedFieldConcatenation, out var length))
        {
            throw new ArgumentException("The destination is too small for the signature.", nameof(destination));
        }

        return length;
    }

    protected override void Dispose(bool disposing) => ecdsa.Dispose();

    private static EcPublicKey PublicPart(ECDsa ecdsa)
    {
        var point = ecdsa.ExportParameters(includePrivateParameters: false);
        var curve = CurveOf(ecdsa.KeySize);
        if (point.Curve.Oid.Value != curve.Curve.Oid.Value)
        {
            throw new MalformedException("key.unsupported", "Of elliptic curves, P-256 and P-384 are supported.");
        }

        return new EcPublicKey(curve, point.Q.X!, point.Q.Y!);
    }

    private static EcCurve CurveOf(int bits) => bits switch
    {
        256 => EcCurve.P256,
        384 => EcCurve.P384,
        _ => throw new MalformedException("key.unsupported", "Of elliptic curves, P-256 and P-384 are supported."),
    };
}
