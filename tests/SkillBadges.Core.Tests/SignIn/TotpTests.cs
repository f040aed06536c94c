using System.Text;
using SkillBadges.Core.SignIn;

namespace SkillBadges.Core.Tests.SignIn;

public sealed class TotpTests
{
    // RFC 6238 (2011-05) appendix B, SHA-1; the last six of its eight digits.
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, Totp.CodeAt(Secret, At(seconds)));

    [Theory]
    [InlineData(-31, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_code_is_good_in_its_step_and_the_neighbors(int secondsLater, bool isGood)
    {
        const long then = 1234567890 / 30 * 30;

        Assert.Equal(isGood ? then / 30 : null, Totp.StepOf(Totp.CodeAt(Secret, At(then)), Secret, At(then + secondsLater), 0));
    }

    [Fact]
    public void A_code_counts_once() => Assert.Null(Totp.StepOf("005924", Secret, At(1234567890), 1234567890 / 30));

    [Theory]
    [InlineData("")]
    [InlineData("5924")]
    [InlineData("005925")]
    [InlineData("0059240")]
    [InlineData("٠٠٥٩٢٤")]
    public void What_is_not_the_code_is_not_taken(string code) => Assert.Null(Totp.StepOf(code, Secret, At(1234567890), 0));

    [Fact]
    public void A_code_may_be_typed_in_two_halves() => Assert.NotNull(Totp.StepOf("005 924", Secret, At(1234567890), 0));

    // RFC 4648 (2006-10) section 10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base_32(string text, string base32) => Assert.Equal(base32, Totp.ToBase32(Encoding.ASCII.GetBytes(text)));

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
