using System.Security.Cryptography;
using SkillBadges.Core.Issuing.Status;

namespace SkillBadges.Core.Tests.Issuing;

public sealed class StatusIndexOrderTests
{
    [Fact]
    public void Every_number_of_a_list_has_an_index_of_its_own()
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        var seen = new bool[StatusList.Size];
        for (var number = 0; number < StatusList.Size; number++)
        {
            var index = StatusIndexOrder.IndexOf(secret, number);
            Assert.False(seen[index]);
            seen[index] = true;
        }
    }

    [Fact]
    public void Neighbors_do_not_stay_neighbors()
    {
        var secret = new byte[32];
        var indexes = Enumerable.Range(0, 1000).Select(number => StatusIndexOrder.IndexOf(secret, number)).ToList();
        Assert.True(indexes.Zip(indexes.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) < 64) < 10);
        Assert.True(indexes.Max() > StatusList.Size * 0.9 && indexes.Min() < StatusList.Size * 0.1);
    }

    [Fact]
    public void Another_secret_is_another_order()
    {
        byte[] other = [1, .. new byte[31]];
        Assert.NotEqual(Order(new byte[32]), Order(other));

        static List<int> Order(byte[] secret) => [.. Enumerable.Range(0, 100).Select(number => StatusIndexOrder.IndexOf(secret, number))];
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(StatusList.Size)]
    public void A_number_outside_the_list_is_a_mistake(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StatusIndexOrder.IndexOf(new byte[32], number));

    [Fact]
    public void The_last_lease_of_a_list_ends_with_it()
    {
        var (full, from, to) = (StatusList.First(new("org")) with { Leased = StatusList.Size - 10 }).Lease(64);
        Assert.Equal((StatusList.Size - 10, StatusList.Size), (from, to));
        Assert.True(full.IsFull);
        Assert.Equal(2, full.Next().Ordinal);
    }
}
