using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

internal sealed class Ed25519PublicKey : PublicKey
{
    internal const int KeyLength = 32;
    internal const int SignatureLength = 64;

    private readonly IEd25519Verifying verifying;

    internal Ed25519PublicKey(ReadOnlySpan<byte> raw)
        : this(raw, Ed25519Library.Fastest)
    {
    }

    internal Ed25519PublicKey(ReadOnlySpan<byte> raw, Ed25519Library library)
        : base(SignatureAlgorithm.EdDSA)
    {
        if (raw.Length != KeyLength)
        {
            throw new MalformedException("key.malformed", "An Ed25519 public key has 32 bytes.");
        }

        if (!Ed25519Points.IsCanonical(raw) || Ed25519Points.IsOfSmallOrder(raw))
        {
            throw new MalformedException("key.too-weak", "The Ed25519 key is a point of small order: one signature would fit many messages.");
        }

        verifying = library.Verifying(raw);
        Raw = raw.ToArray();
        RequiredMembers = [("crv", "Ed25519"), ("kty", "OKP"), ("x", StrictBase64Url.Encode(raw))];
    }

    internal byte[] Raw { get; }

    internal override IReadOnlyList<(string Name, string Value)> RequiredMembers { get; }

    /// <summary>A signature whose first half is a point of small order is refused: no signer makes one but for a nonce of zero, and libraries disagree about it.</summary>
    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength && !Ed25519Points.IsOfSmallOrder(signature[..KeyLength]) && verifying.Verify(data, signature);
}

internal sealed class Ed25519PrivateKey : PrivateKey
{
    private readonly IEd25519Signing signing;

    private Ed25519PrivateKey(IEd25519Signing signing, Ed25519Library library)
        : base(PublicPart(signing, library))
    {
        this.signing = signing;
    }

    public override int MaxSignatureLength => Ed25519PublicKey.SignatureLength;

    public override byte[] ExportPkcs8()
    {
        Span<byte> seed = stackalloc byte[Ed25519PublicKey.KeyLength];
        signing.ExportSeed(seed);

        // RFC 8410 7: version 0, algorithm id-Ed25519 without parameters, an octet string within the octet string.
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.3.101.112");
            }

            using (writer.PushOctetString())
            {
                writer.WriteOctetString(seed);
            }
        }

        CryptographicOperations.ZeroMemory(seed);
        return writer.Encode();
    }

    public override int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        if (destination.Length < Ed25519PublicKey.SignatureLength)
        {
            throw new ArgumentException("The destination is too small for the signature.", nameof(destination));
        }

        signing.Sign(data, destination[..Ed25519PublicKey.SignatureLength]);
        return Ed25519PublicKey.SignatureLength;
    }

    internal static Ed25519PrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[Ed25519PublicKey.KeyLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return FromSeed(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    internal static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed) => FromSeed(seed, Ed25519Library.Fastest);

    internal static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed, Ed25519Library library) => seed.Length == Ed25519PublicKey.KeyLength
        ? new(library.Signing(seed), library)
        : throw new MalformedException("key.malformed", "An Ed25519 private key has 32 bytes.");

    internal static Ed25519PrivateKey Import(ReadOnlySpan<byte> pkcs8)
    {
        var info = new AsnReader(pkcs8.ToArray(), AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        var algorithm = info.ReadSequence();
        algorithm.ReadObjectIdentifier();
        algorithm.ThrowIfNotEmpty();
        var inner = new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER);
        var seed = inner.ReadOctetString();
        inner.ThrowIfNotEmpty();
        return FromSeed(seed);
    }

    protected override void Dispose(bool disposing) => signing.Dispose();

    private static Ed25519PublicKey PublicPart(IEd25519Signing signing, Ed25519Library library)
    {
        Span<byte> raw = stackalloc byte[Ed25519PublicKey.KeyLength];
        signing.ExportPublic(raw);
        return new Ed25519PublicKey(raw, library);
    }
}
