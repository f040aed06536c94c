using SkillBadges.Core.Review;

namespace SkillBadges.Core.Tests.Review;

public sealed class RaterAgreementTests
{
    // By hand. 50 pairs, Cohen's textbook table: yes/yes 20, yes/no 5, no/yes 10, no/no 15; observed 0.7, by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5, kappa 0.4.
    [Fact]
    public void The_textbook_table_has_kappa_0_4()
    {
        var agreement = RaterAgreement.Of([.. Times(20, "y", "y"), .. Times(5, "y", "n"), .. Times(10, "n", "y"), .. Times(15, "n", "n")]);

        Assert.Equal((50, 35), (agreement.Count, agreement.Agreed));
        Assert.Equal(0.7, agreement.Share!.Value, 12);
        Assert.Equal(0.4, agreement.Kappa!.Value, 12);
    }

    // Three levels: a/a 2, b/b 2, c/c 1, a/b 1; observed 5/6, by chance (3*2 + 2*3 + 1*1)/36 = 13/36, kappa (30-13)/(36-13) = 17/23.
    [Fact]
    public void Three_levels_by_hand() => Assert.Equal(
        17.0 / 23, RaterAgreement.Of([.. Times(2, "a", "a"), .. Times(2, "b", "b"), .. Times(1, "c", "c"), .. Times(1, "a", "b")]).Kappa!.Value, 12);

    [Fact]
    public void Who_always_agrees_on_several_levels_has_kappa_1_and_who_never_does_on_two_has_minus_1()
    {
        Assert.Equal(1, RaterAgreement.Of([("a", "a"), ("b", "b")]).Kappa!.Value, 12);
        Assert.Equal(-1, RaterAgreement.Of([("a", "b"), ("b", "a")]).Kappa!.Value, 12);
    }

    [Fact]
    public void One_level_throughout_has_no_kappa_and_says_why()
    {
        var agreement = RaterAgreement.Of([.. Times(30, "proficient", "proficient")]);

        Assert.Equal((30, 1.0, (double?)null), (agreement.Agreed, agreement.Share, agreement.Kappa));
        Assert.Contains("one and the same level", agreement.Undefined, StringComparison.Ordinal);
    }

    // The first says a always, the second b always: chance agrees never and so do they; kappa is 0, not undefined.
    [Fact]
    public void Two_who_each_give_one_level_but_not_the_same_have_kappa_0() => Assert.Equal(0, RaterAgreement.Of([.. Times(9, "a", "b")]).Kappa!.Value, 12);

    [Fact]
    public void Nothing_scored_twice_says_so() => Assert.Equal((0, (double?)null, (double?)null), (RaterAgreement.Of([]).Count, RaterAgreement.Of([]).Share, RaterAgreement.Of([]).Kappa));

    private static IEnumerable<(string, string)> Times(int count, string first, string second) => Enumerable.Repeat((first, second), count);
}
