using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

internal sealed class RsaPublicKey : PublicKey
{
    // Larger moduli make one verification cost tens of milliseconds, at an attacker's wish.
    private const int LeastBits = 2048;
    private const int MostBits = 8192;

    private readonly RSA rsa;

    internal RsaPublicKey(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
        : base(SignatureAlgorithm.RS256)
    {
        if (modulus.Length == 0 || modulus[0] == 0 || exponent.Length == 0 || exponent[0] == 0)
        {
            throw new MalformedException("key.malformed", "An RSA number has leading zeros or is empty.");
        }

        var bits = (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits < LeastBits)
        {
            throw new MalformedException("key.too-weak", $"An RSA key of {bits} bits is weaker than the least allowed, {LeastBits}.");
        }

        if (bits > MostBits || (modulus[^1] & 1) == 0 || exponent.Length > 4 || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            throw new MalformedException("key.malformed", "The RSA modulus or exponent is out of range.");
        }

        rsa = RSA.Create(new RSAParameters { Modulus = modulus.ToArray(), Exponent = exponent.ToArray() });
        RequiredMembers = [("e", StrictBase64Url.Encode(exponent)), ("kty", "RSA"), ("n", StrictBase64Url.Encode(modulus))];
    }

    internal override IReadOnlyList<(string Name, string Value)> RequiredMembers { get; }

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha2.Hash256(data, hash);
        return rsa.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}

internal sealed class RsaPrivateKey(RSA rsa) : PrivateKey(PublicPart(rsa))
{
    public override int MaxSignatureLength => (rsa.KeySize + 7) / 8;

    public override byte[] ExportPkcs8() => rsa.ExportPkcs8PrivateKey();

    public override int Sign(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha2.Hash256(data, hash);
        return rsa.SignHash(hash, destination, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    protected override void Dispose(bool disposing) => rsa.Dispose();

    private static RsaPublicKey PublicPart(RSA rsa)
    {
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        return new RsaPublicKey(numbers.Modulus, numbers.Exponent);
    }
}
