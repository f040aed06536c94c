using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>A private key in memory. Signing is safe from several threads; <see cref="ExportPkcs8"/> is the only way out.</summary>
public abstract class PrivateKey : IDisposable
{
    private const string RsaOid = "1.2.840.113549.1.1.1";
    private const string EcOid = "1.2.840.10045.2.1";
    private const string Ed25519Oid = "1.3.101.112";

    private protected PrivateKey(PublicKey publicKey)
    {
        Public = publicKey;
    }

    public PublicKey Public { get; }

    public SignatureAlgorithm Algorithm => Public.Algorithm;

    /// <summary>Bytes a signature takes: 64 or 96, or the modulus length for RSA.</summary>
    public abstract int MaxSignatureLength { get; }

    /// <summary>A fresh key; RSA with 3072 bits.</summary>
    public static PrivateKey Generate(SignatureAlgorithm algorithm) => algorithm switch
    {
        SignatureAlgorithm.RS256 => new RsaPrivateKey(RSA.Create(3072)),
        SignatureAlgorithm.ES256 => new EcPrivateKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        SignatureAlgorithm.ES384 => new EcPrivateKey(ECDsa.Create(ECCurve.NamedCurves.nistP384)),
        SignatureAlgorithm.EdDSA => Ed25519PrivateKey.Generate(),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Reads an unencrypted PKCS#8 key (RFC 5958; RFC 8410 for Ed25519), nothing after it.</summary>
    /// <exception cref="MalformedException"><c>key.malformed</c>, <c>key.unsupported</c> or <c>key.too-weak</c>.</exception>
    public static PrivateKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        try
        {
            return AlgorithmOf(pkcs8) switch
            {
                RsaOid => new RsaPrivateKey(Import(RSA.Create(), pkcs8)),
                EcOid => new EcPrivateKey(Import(ECDsa.Create(), pkcs8)),
                Ed25519Oid => Ed25519PrivateKey.Import(pkcs8),
                _ => throw new MalformedException("key.unsupported", "The private key is of a kind that is not supported."),
            };
        }
        catch (Exception fault) when (fault is AsnContentException or CryptographicException)
        {
            throw new MalformedException("key.malformed", "The bytes are not a PKCS#8 private key.", fault);
        }
    }

    /// <summary>The key as unencrypted PKCS#8. The caller encrypts what it stores and clears the bytes.</summary>
    public abstract byte[] ExportPkcs8();

    /// <summary>Signs the bytes themselves; returns the length written.</summary>
    public abstract int Sign(ReadOnlySpan<byte> data, Span<byte> destination);

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var signature = new byte[MaxSignatureLength];
        var length = Sign(data, signature);
        return length == signature.Length ? signature : signature[..length];
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    private static string AlgorithmOf(ReadOnlySpan<byte> pkcs8)
    {
        // PrivateKeyInfo ::= SEQUENCE { version, AlgorithmIdentifier { OID, parameters }, OCTET STRING, ... }
        AsnDecoder.ReadSequence(pkcs8, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        if (consumed != pkcs8.Length)
        {
            throw new MalformedException("key.malformed", "There are bytes after the private key.");
        }

        var body = pkcs8.Slice(offset, length);
        AsnDecoder.ReadInteger(body, AsnEncodingRules.DER, out consumed);
        body = body[consumed..];
        AsnDecoder.ReadSequence(body, AsnEncodingRules.DER, out offset, out length, out _);
        return AsnDecoder.ReadObjectIdentifier(body.Slice(offset, length), AsnEncodingRules.DER, out _);
    }

    private static T Import<T>(T key, ReadOnlySpan<byte> pkcs8)
        where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
