using System.Security.Cryptography;

namespace SkillBadges.Core.Tests;

public sealed class KeyEncryptionKeyTests
{
    private static readonly byte[] Secret = "a private key"u8.ToArray();

    private readonly KeyEncryptionKey key = new(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void What_is_sealed_opens_again() => Assert.Equal(Secret, key.Open(key.Seal(Secret, "issuer:1"), "issuer:1"));

    [Fact]
    public void Sealing_twice_tells_nobody_that_it_was_the_same() => Assert.NotEqual(key.Seal(Secret, "issuer:1"), key.Seal(Secret, "issuer:1"));

    [Fact]
    public void A_secret_does_not_open_in_the_place_of_another() =>
        Assert.ThrowsAny<CryptographicException>(() => key.Open(key.Seal(Secret, "issuer:1"), "issuer:2"));

    [Fact]
    public void Another_key_opens_nothing() =>
        Assert.ThrowsAny<CryptographicException>(() => new KeyEncryptionKey(RandomNumberGenerator.GetBytes(32)).Open(key.Seal(Secret, "p"), "p"));

    [Fact]
    public void A_changed_character_is_noticed()
    {
        var box = key.Seal(Secret, "p").ToCharArray();
        box[30] = box[30] == 'A' ? 'B' : 'A';
        Assert.ThrowsAny<CryptographicException>(() => key.Open(new(box), "p"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData(".")]
    public void What_was_never_sealed_is_refused(string text) => Assert.ThrowsAny<CryptographicException>(() => key.Open(text, "p"));

    [Theory]
    [InlineData("!!")]
    [InlineData("AAAA")]
    public void A_box_that_is_none_is_refused(string box) => Assert.ThrowsAny<CryptographicException>(() => key.Open($"{key.Id}.{box}", "p"));
}
