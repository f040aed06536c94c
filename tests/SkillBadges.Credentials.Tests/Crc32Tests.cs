using System.Security.Cryptography;

namespace SkillBadges.Credentials.Tests;

public sealed class Crc32Tests
{
    [Fact]
    public void The_check_value_is_that_of_the_catalogue()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0u, Crc32.Of([]));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(1, 1)]
    [InlineData(1000, 16384)]
    [InlineData(33, 7)]
    public void The_sum_of_two_parts_is_that_of_the_whole(int first, int second)
    {
        var bytes = RandomNumberGenerator.GetBytes(first + second);
        var combined = Crc32.Combine(Crc32.Of(bytes.AsSpan(0, first)), Crc32.Of(bytes.AsSpan(first)), Crc32.ShiftBy(second));
        Assert.Equal(Crc32.Of(bytes), combined);
    }
}
