using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Keys;

/// <summary>ECDSA through OpenSSL: its signatures in r||s, its judgement of keys, and its agreement with .NET's own.</summary>
public sealed class EcKeyTests
{
    // SP 800-186 (2023-02) 3.2.1.3 and 3.2.1.4: orders, and the prime of P-256.
    private static readonly BigInteger OrderOfP256 = Hex("0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static readonly BigInteger OrderOfP384 = Hex("0ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");
    private static readonly BigInteger PrimeOfP256 = Hex("0ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    public static TheoryData<SignatureAlgorithm> Algorithms => [SignatureAlgorithm.ES256, SignatureAlgorithm.ES384];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Dotnet_verifies_what_we_sign_and_we_verify_what_it_signs(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        using var dotnet = ECDsa.Create();
        dotnet.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        var hash = algorithm == SignatureAlgorithm.ES256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384;

        // Often enough for numbers that begin with zeros or a high bit, which the two forms write differently.
        for (var number = 0; number < 1000; number++)
        {
            var data = BitConverter.GetBytes(number);
            Assert.True(dotnet.VerifyData(data, key.Sign(data), hash));
            Assert.True(key.Public.Verify(data, dotnet.SignData(data, hash)));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Both_values_of_s_hold_as_the_standard_has_it(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var order = algorithm == SignatureAlgorithm.ES256 ? OrderOfP256 : OrderOfP384;
        var signature = key.Sign("weld"u8);
        var half = signature.Length / 2;
        var s = new BigInteger(signature.AsSpan(half), isUnsigned: true, isBigEndian: true);
        Assert.True(key.Public.Verify("weld"u8, [.. signature[..half], .. Bytes(order - s, half)]));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Numbers_out_of_range_are_no_signature(SignatureAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        var order = algorithm == SignatureAlgorithm.ES256 ? OrderOfP256 : OrderOfP384;
        var signature = key.Sign("weld"u8);
        var half = signature.Length / 2;
        foreach (var bad in new[] { BigInteger.Zero, order, order + 1, BigInteger.Pow(2, half * 8) - 1 })
        {
            Assert.False(key.Public.Verify("weld"u8, [.. Bytes(bad, half), .. signature[half..]]));
            Assert.False(key.Public.Verify("weld"u8, [.. signature[..half], .. Bytes(bad, half)]));
        }

        Assert.False(key.Public.Verify("weld"u8, new byte[signature.Length]));
        Assert.True(key.Public.Verify("weld"u8, signature));
    }

    [Fact]
    public void A_coordinate_beyond_the_prime_is_refused_although_it_means_a_point_of_the_curve()
    {
        // The first numbers for which there is a point; adding the prime fits into 32 bytes.
        var x = Enumerable.Range(0, 100).Select(number => new BigInteger(number)).First(number => Compressed(number) is not null);
        var key = Compressed(x)!;
        using var jwk = JsonDocument.Parse($$"""{"kty":"EC","crv":"P-256","x":"{{StrictBase64Url.Encode(Bytes(x + PrimeOfP256, 32))}}","y":"{{YOf(key)}}"}""");
        Assert.Equal("key.malformed", Assert.Throws<MalformedException>(() => PublicKey.FromJwk(jwk.RootElement)).Code);
    }

    [Fact]
    public void The_point_at_infinity_is_no_key()
    {
        var zeros = StrictBase64Url.Encode(new byte[32]);
        using var jwk = JsonDocument.Parse($$"""{"kty":"EC","crv":"P-256","x":"{{zeros}}","y":"{{zeros}}"}""");
        Assert.Equal("key.malformed", Assert.Throws<MalformedException>(() => PublicKey.FromJwk(jwk.RootElement)).Code);
    }

    [Theory]
    [InlineData("3006020101020101", true)]
    [InlineData("300702020080020101", true)]
    [InlineData("", false)]
    [InlineData("30", false)]
    [InlineData("3106020101020101", false)]
    [InlineData("3005020101020101", false)]
    [InlineData("300602010102010100", false)]
    [InlineData("3003020101", false)]
    [InlineData("3006020001020101", false)]
    [InlineData("3006020101030101", false)]
    [InlineData("3006020105020101", true)]
    [InlineData("30090201010204ffffffff", false)]
    public void Der_is_read_only_as_two_numbers_that_fit(string der, bool isRead)
    {
        Span<byte> signature = stackalloc byte[4];
        Assert.Equal(isRead, EcSignatureForm.FromDer(Convert.FromHexString(der), signature));
    }

    [Fact]
    public void Signatures_come_back_from_der_as_they_were()
    {
        var signature = new byte[64];
        Span<byte> der = stackalloc byte[EcSignatureForm.MaxDerLength];
        var back = new byte[64];
        for (var length = 0; length <= 32; length++)
        {
            foreach (var first in new byte[] { 1, 0x7F, 0x80, 0xFF })
            {
                Array.Clear(signature);
                signature.AsSpan(32 - length, length).Fill(first);
                signature.AsSpan(64 - length, length).Fill((byte)(first ^ 0x80));
                var written = EcSignatureForm.ToDer(signature, der);
                Assert.True(EcSignatureForm.FromDer(der[..written], back));
                Assert.Equal(signature, back);
            }
        }
    }

    [Fact]
    public void A_closed_key_signs_no_more()
    {
        var key = PrivateKey.Generate(SignatureAlgorithm.ES256);
        var signature = key.Sign("weld"u8);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("weld"u8));
        Assert.True(key.Public.Verify("weld"u8, signature));
    }

    private static PublicKey? Compressed(BigInteger x)
    {
        try
        {
            return PublicKey.FromMultikey(Multibase.EncodeBase58([0x80, 0x24, 2, .. Bytes(x, 32)]));
        }
        catch (MalformedException)
        {
            return null;
        }
    }

    private static string YOf(PublicKey key) => key.RequiredMembers.Single(member => member.Name == "y").Value;

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = new byte[length];
        var digits = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, length - digits.Length);
        return bytes;
    }

    private static BigInteger Hex(string digits) => BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
