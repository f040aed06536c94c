using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

internal sealed class EcPublicKey : PublicKey
{
    private readonly EvpContexts<EvpContextHandle> contexts;

    private EcPublicKey(EcCurve curve, EvpKeyHandle handle, byte[] x, byte[] y)
        : base(curve.Algorithm)
    {
        contexts = new(handle, static key => OpenSsl.EVP_PKEY_CTX_new(key, 0), static (context, _) => OpenSsl.EVP_PKEY_verify_init(context));
        Curve = curve;
        X = x;
        Y = y;
        RequiredMembers = [("crv", curve.JwkName), ("kty", "EC"), ("x", StrictBase64Url.Encode(x)), ("y", StrictBase64Url.Encode(y))];
    }

    internal EcCurve Curve { get; }

    internal byte[] X { get; }

    internal byte[] Y { get; }

    internal override IReadOnlyList<(string Name, string Value)> RequiredMembers { get; }

    internal static EcPublicKey Of(EcCurve curve, byte[] x, byte[] y) =>
        x.Length == curve.CoordinateLength && y.Length == curve.CoordinateLength
            ? new EcPublicKey(curve, OnCurve(curve, EcCurve.Uncompressed(x, y)), x, y)
            : throw new MalformedException("key.malformed", $"A {curve.JwkName} coordinate has {curve.CoordinateLength} bytes.");

    /// <summary>SEC 1 2.3.4: the x coordinate after a byte that tells which of two points is meant.</summary>
    internal static EcPublicKey OfCompressed(EcCurve curve, ReadOnlySpan<byte> point)
    {
        if (point.Length != curve.CoordinateLength + 1 || point[0] is not (2 or 3))
        {
            throw new MalformedException("key.malformed", $"A compressed {curve.JwkName} point starts with 2 or 3 and has {curve.CoordinateLength + 1} bytes.");
        }

        var handle = OnCurve(curve, point);
        var (x, y) = curve.Coordinates(handle);
        return new EcPublicKey(curve, handle, x, y);
    }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != Curve.SignatureLength)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..Curve.Hash(data, hash)];
        Span<byte> der = stackalloc byte[EcSignatureForm.MaxDerLength];
        der = der[..EcSignatureForm.ToDer(signature, der)];
        var context = contexts.Take();
        var good = OpenSsl.EVP_PKEY_verify(context, der, (nuint)der.Length, hash, (nuint)hash.Length) == 1;
        contexts.GiveBack(context, isReady: true);
        if (!good)
        {
            // A refused signature leaves its reason in the thread's error queue, where .NET's own calls would find it.
            OpenSsl.ERR_clear_error();
        }

        return good;
    }

    private static EvpKeyHandle OnCurve(EcCurve curve, ReadOnlySpan<byte> point) => curve.Open(point, []) is { IsInvalid: false } handle
        ? handle
        : throw new MalformedException("key.malformed", $"The point is not on the curve {curve.JwkName}.");
}

/// <param name="ecdsa">The key as .NET reads and writes it; signing goes straight to OpenSSL.</param>
internal sealed class EcPrivateKey(ECDsa ecdsa) : PrivateKey(PublicPart(ecdsa))
{
    private readonly EcCurve curve = CurveOf(ecdsa.KeySize);
    private readonly EvpContexts<EvpContextHandle> contexts =
        new(Open(ecdsa), static key => OpenSsl.EVP_PKEY_CTX_new(key, 0), static (context, _) => OpenSsl.EVP_PKEY_sign_init(context));

    public override int MaxSignatureLength => curve.SignatureLength;

    public override byte[] ExportPkcs8() => ecdsa.ExportPkcs8PrivateKey();

    public override int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (destination.Length < curve.SignatureLength)
        {
            throw new ArgumentException("The destination is too small for the signature.", nameof(destination));
        }

        Span<byte> hash = stackalloc byte[SHA384.HashSizeInBytes];
        hash = hash[..curve.Hash(data, hash)];
        Span<byte> der = stackalloc byte[EcSignatureForm.MaxDerLength];
        nuint length = EcSignatureForm.MaxDerLength;
        var context = contexts.Take();
        var isSigned = OpenSsl.EVP_PKEY_sign(context, der, ref length, hash, (nuint)hash.Length) == 1;
        contexts.GiveBack(context, isReady: true);
        if (!isSigned || !EcSignatureForm.FromDer(der[..(int)length], destination[..curve.SignatureLength]))
        {
            OpenSsl.ERR_clear_error();
            throw new CryptographicException("OpenSSL refused to sign.");
        }

        return curve.SignatureLength;
    }

    protected override void Dispose(bool disposing)
    {
        contexts.Close();
        ecdsa.Dispose();
    }

    private static EcPublicKey PublicPart(ECDsa ecdsa)
    {
        var point = ecdsa.ExportParameters(includePrivateParameters: false);
        var curve = CurveOf(ecdsa.KeySize);
        if (point.Curve.Oid.Value != curve.Curve.Oid.Value)
        {
            throw new MalformedException("key.unsupported", "Of elliptic curves, P-256 and P-384 are supported.");
        }

        return EcPublicKey.Of(curve, point.Q.X!, point.Q.Y!);
    }

    private static EvpKeyHandle Open(ECDsa ecdsa)
    {
        var numbers = ecdsa.ExportParameters(includePrivateParameters: true);
        try
        {
            var handle = CurveOf(ecdsa.KeySize).Open(EcCurve.Uncompressed(numbers.Q.X, numbers.Q.Y), numbers.D);
            return handle.IsInvalid ? throw new CryptographicException("OpenSSL refused a private key.") : handle;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(numbers.D);
        }
    }

    private static EcCurve CurveOf(int bits) => bits switch
    {
        256 => EcCurve.P256,
        384 => EcCurve.P384,
        _ => throw new MalformedException("key.unsupported", "Of elliptic curves, P-256 and P-384 are supported."),
    };
}
