using System.Security.Cryptography;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Keys;

public sealed class Sha2Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(64)]
    [InlineData(1_000_003)]
    public void Hashes_texts_of_every_length_as_the_framework_does(int length)
    {
        var data = RandomNumberGenerator.GetBytes(length);
        Span<byte> digest = stackalloc byte[64];
        digest.Fill(0xAA);

        Assert.Equal(32, Sha2.Hash(HashAlgorithmName.SHA256, data, digest));
        Assert.Equal(SHA256.HashData(data), digest[..32].ToArray());
        Assert.Equal(0xAA, digest[32]);

        Assert.Equal(48, Sha2.Hash(HashAlgorithmName.SHA384, data, digest));
        Assert.Equal(SHA384.HashData(data), digest[..48].ToArray());
        Assert.Equal(0xAA, digest[48]);
    }

    [Fact]
    public void Threads_do_not_disturb_each_other() => Parallel.For(0, 2_000, number =>
    {
        var data = BitConverter.GetBytes(number);
        var digest = new byte[32];
        Sha2.Hash256(data, digest);
        Assert.Equal(SHA256.HashData(data), digest);
    });

    [Fact]
    public void Refuses_a_place_that_is_too_short_and_an_algorithm_that_no_proof_uses()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Sha2.Hash256([1], new byte[31]));
        Assert.Throws<ArgumentException>(() => Sha2.Hash(HashAlgorithmName.SHA1, [1], new byte[64]));
    }
}
