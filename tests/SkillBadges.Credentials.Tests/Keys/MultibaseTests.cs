using System.Security.Cryptography;
using SkillBadges.Credentials.Keys;

namespace SkillBadges.Credentials.Tests.Keys;

public sealed class MultibaseTests
{
    // draft-msporny-base58-03, section 5, with the multibase prefix.
    [Theory]
    [InlineData("Hello World!", "z2NEpo7TZRRrLZSi2U")]
    [InlineData("The quick brown fox jumps over the lazy dog.", "zUSm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z")]
    [InlineData("", "z")]
    [InlineData("\0\0", "z11")]
    public void Text_and_bytes_agree(string bytes, string text)
    {
        Assert.Equal(text, Multibase.EncodeBase58(System.Text.Encoding.ASCII.GetBytes(bytes)));
        Assert.Equal(System.Text.Encoding.ASCII.GetBytes(bytes), Multibase.DecodeBase58(text));
    }

    [Fact]
    public void Every_length_comes_back_with_its_leading_zeros()
    {
        for (var length = 0; length <= 200; length++)
        {
            var bytes = RandomNumberGenerator.GetBytes(length);
            bytes.AsSpan(0, Math.Min(length, length % 4)).Clear();
            Assert.Equal(bytes, Multibase.DecodeBase58(Multibase.EncodeBase58(bytes)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("2NEpo7")]
    [InlineData("z0")]
    [InlineData("zO")]
    [InlineData("zI")]
    [InlineData("zl")]
    [InlineData("z2NEpo 7")]
    [InlineData("z2NEpo7é")]
    public void A_foreign_character_or_prefix_is_no_text(string text)
    {
        Assert.Null(Multibase.DecodeBase58(text));
    }

    [Fact]
    public void Text_that_is_far_too_long_is_not_tried()
    {
        Assert.NotNull(Multibase.DecodeBase58("z" + new string('2', Multibase.MaxTextLength - 1)));
        Assert.Null(Multibase.DecodeBase58("z" + new string('2', Multibase.MaxTextLength)));
    }

    [Theory]
    [InlineData("AA==")]
    [InlineData("AB")]
    [InlineData("AAB")]
    [InlineData("A")]
    [InlineData("AA A")]
    [InlineData("AA\n")]
    [InlineData("A+A")]
    [InlineData("A/AA")]
    [InlineData("AAé")]
    public void Base64url_has_one_text_for_each_value(string text)
    {
        Assert.Null(StrictBase64Url.Decode(text));
    }
}
