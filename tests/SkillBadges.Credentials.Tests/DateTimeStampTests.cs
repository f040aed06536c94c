namespace SkillBadges.Credentials.Tests;

public sealed class DateTimeStampTests
{
    [Theory]
    [InlineData("2026-05-01T12:00:00Z", "2026-05-01T12:00:00Z")]
    [InlineData("2026-05-01T12:00:00.5Z", "2026-05-01T12:00:00.5Z")]
    [InlineData("2026-05-01T12:00:00.123456789Z", "2026-05-01T12:00:00.1234567Z")]
    [InlineData("2026-05-01T12:00:00.000+02:00", "2026-05-01T10:00:00Z")]
    [InlineData("2026-05-01T12:00:00-07:30", "2026-05-01T19:30:00Z")]
    public void A_stamp_is_read_as_an_instant(string text, string utc)
    {
        Assert.True(DateTimeStamp.TryParse(text, out var instant));
        Assert.Equal(utc, DateTimeStamp.Format(instant));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-05-01")]
    [InlineData("2026-05-01T12:00:00")]
    [InlineData("2026-05-01 12:00:00Z")]
    [InlineData("2026-05-01t12:00:00z")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-05-01T24:00:00Z")]
    [InlineData("2026-05-01T12:60:00Z")]
    [InlineData("2026-05-01T23:59:60Z")]
    [InlineData("2026-05-01T12:00:00.Z")]
    [InlineData("2026-05-01T12:00:00,5Z")]
    [InlineData("2026-05-01T12:00:00+0200")]
    [InlineData("2026-05-01T12:00:00+02")]
    [InlineData("2026-05-01T12:00:00+15:00")]
    [InlineData(" 2026-05-01T12:00:00Z")]
    [InlineData("2026-05-01T12:00:00Z ")]
    [InlineData("2026-5-1T12:00:00Z")]
    [InlineData("1777636800")]
    [InlineData("٢٠٢٦-05-01T12:00:00Z")]
    public void Anything_else_is_no_stamp(string? text)
    {
        Assert.False(DateTimeStamp.TryParse(text, out _));
    }
}
