using System.Formats.Asn1;
using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

internal sealed class Ed25519PublicKey : PublicKey
{
    internal const int KeyLength = 32;
    internal const int SignatureLength = 64;

    private readonly EvpContexts<EvpDigestHandle> contexts;

    internal Ed25519PublicKey(ReadOnlySpan<byte> raw)
        : base(SignatureAlgorithm.EdDSA)
    {
        if (raw.Length != KeyLength)
        {
            throw new MalformedException("key.malformed", "An Ed25519 public key has 32 bytes.");
        }

        if (Ed25519SmallOrder.Contains(raw))
        {
            throw new MalformedException("key.too-weak", "The Ed25519 key is a point of small order: one signature would fit many messages.");
        }

        var handle = OpenSsl.EVP_PKEY_new_raw_public_key(OpenSsl.Ed25519KeyType, 0, raw, KeyLength);
        if (handle.IsInvalid)
        {
            OpenSsl.ERR_clear_error();
            throw new MalformedException("key.malformed", "The bytes are not an Ed25519 public key.");
        }

        contexts = new(handle, static _ => OpenSsl.EVP_MD_CTX_new(), static (context, key) => OpenSsl.EVP_DigestVerifyInit(context, 0, 0, 0, key));
        Raw = raw.ToArray();
        RequiredMembers = [("crv", "Ed25519"), ("kty", "OKP"), ("x", StrictBase64Url.Encode(raw))];
    }

    internal byte[] Raw { get; }

    internal override IReadOnlyList<(string Name, string Value)> RequiredMembers { get; }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        var context = contexts.Take();
        var good = OpenSsl.EVP_DigestVerify(context, signature, SignatureLength, data, (nuint)data.Length) == 1;
        var isReady = OpenSsl.EVP_DigestVerifyInit(context, 0, 0, 0, 0) == 1;
        contexts.GiveBack(context, isReady);
        if (!good || !isReady)
        {
            // A refused signature leaves its reason in the thread's error queue, where .NET's own calls would find it.
            OpenSsl.ERR_clear_error();
        }

        return good;
    }
}

internal sealed class Ed25519PrivateKey : PrivateKey
{
    private readonly EvpKeyHandle handle;
    private readonly EvpContexts<EvpDigestHandle> contexts;

    private Ed25519PrivateKey(EvpKeyHandle handle)
        : base(PublicPart(handle))
    {
        this.handle = handle;
        contexts = new(handle, static _ => OpenSsl.EVP_MD_CTX_new(), static (context, key) => OpenSsl.EVP_DigestSignInit(context, 0, 0, 0, key));
    }

    public override int MaxSignatureLength => Ed25519PublicKey.SignatureLength;

    public override byte[] ExportPkcs8()
    {
        Span<byte> seed = stackalloc byte[Ed25519PublicKey.KeyLength];
        nuint length = Ed25519PublicKey.KeyLength;
        Require(OpenSsl.EVP_PKEY_get_raw_private_key(handle, seed, ref length));

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

        nuint length = Ed25519PublicKey.SignatureLength;
        var context = contexts.Take();
        var result = OpenSsl.EVP_DigestSign(context, destination, ref length, data, (nuint)data.Length);
        var isReady = OpenSsl.EVP_DigestSignInit(context, 0, 0, 0, 0) == 1;
        contexts.GiveBack(context, isReady);
        if (!isReady)
        {
            OpenSsl.ERR_clear_error();
        }

        Require(result);
        return (int)length;
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

    internal static Ed25519PrivateKey FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != Ed25519PublicKey.KeyLength)
        {
            throw new MalformedException("key.malformed", "An Ed25519 private key has 32 bytes.");
        }

        var handle = OpenSsl.EVP_PKEY_new_raw_private_key(OpenSsl.Ed25519KeyType, 0, seed, Ed25519PublicKey.KeyLength);
        Require(handle.IsInvalid ? 0 : 1);
        return new Ed25519PrivateKey(handle);
    }

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

    protected override void Dispose(bool disposing) => contexts.Close();

    private static Ed25519PublicKey PublicPart(EvpKeyHandle handle)
    {
        Span<byte> raw = stackalloc byte[Ed25519PublicKey.KeyLength];
        nuint length = Ed25519PublicKey.KeyLength;
        Require(OpenSsl.EVP_PKEY_get_raw_public_key(handle, raw, ref length));
        return new Ed25519PublicKey(raw);
    }

    private static void Require(int result)
    {
        if (result != 1)
        {
            OpenSsl.ERR_clear_error();
            throw new CryptographicException("OpenSSL refused an Ed25519 operation.");
        }
    }
}
