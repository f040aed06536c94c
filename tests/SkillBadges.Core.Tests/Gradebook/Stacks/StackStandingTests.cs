using SkillBadges.Core.Definitions;
using SkillBadges.Core.Gradebook.Stacks;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Tests.Definitions;
using SkillBadges.Core.Tests.Issuing;

namespace SkillBadges.Core.Tests.Gradebook.Stacks;

public sealed class StackStandingTests
{
    private static readonly DateTimeOffset now = Requests.Noon;

    private static readonly DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);

    private static readonly RequiredCertificate card = new("cpr", "CPR", "Anybody.", MaxAgeMonths: 24);

    [Fact]
    public void A_stack_is_whole_when_every_badge_of_it_is_held()
    {
        Assert.Equal<string>(["two"], Standing(StackCounting.Earned, [Held("one")]).MissingBadges);
        Assert.True(Standing(StackCounting.Earned, [Held("one"), Held("two")]).IsWhole);
    }

    [Fact]
    public void What_was_recognized_counts_where_the_stack_says_so()
    {
        HeldBadge[] held = [Held("one"), Held("two") with { Credential = null, Recognition = "r", From = "East High" }];
        Assert.False(Standing(StackCounting.Earned, held).IsWhole);
        Assert.True(Standing(StackCounting.Recognized, held).IsWhole);
    }

    [Fact]
    public void Of_two_of_one_badge_the_own_one_counts()
    {
        HeldBadge[] held = [Held("one") with { From = "East High" }, Held("one"), Held("two")];
        Assert.All(Standing(StackCounting.Recognized, held).Badges, badge => Assert.Null(badge.From));
    }

    [Theory]
    [InlineData("proficient", true)]
    [InlineData("advanced", false)]
    [InlineData("no-such-level", false)]
    public void A_level_that_is_asked_is_asked_of_every_skill(string minimum, bool isWhole)
    {
        var stack = Stack(StackCounting.Earned) with { Badges = [new("one", minimum)] };
        Assert.Equal(isWhole, StackStanding.Of(stack, [Held("one", "proficient")], [], now, today).IsWhole);
    }

    [Fact]
    public void A_badge_out_of_date_counts_no_more_and_the_first_end_ends_the_stack()
    {
        var soon = now.AddDays(9);
        Assert.False(Standing(StackCounting.Earned, [Held("one"), Held("two") with { ValidUntil = now }]).IsWhole);
        Assert.Equal(soon, Standing(StackCounting.Earned, [Held("one") with { ValidUntil = soon }, Held("two") with { ValidUntil = soon.AddDays(1) }]).ValidUntil);
    }

    [Theory]
    [InlineData(-23, null, true)]
    [InlineData(-25, null, false)]
    [InlineData(-1, -1, false)]
    [InlineData(-1, 0, true)]
    public void A_certificate_counts_as_long_as_the_stack_and_the_card_say(int issuedMonths, int? endsInDays, bool isWhole)
    {
        var stack = Stack(StackCounting.Earned) with { Certificates = [card] };
        var seen = new CertificateSeen("cpr", today.AddMonths(issuedMonths), endsInDays is { } days ? today.AddDays(days) : null);
        var standing = StackStanding.Of(stack, [Held("one"), Held("two")], [seen], now, today);
        Assert.Equal<string>(isWhole ? [] : ["cpr"], standing.MissingCertificates);
        Assert.Equal(isWhole, standing.ValidUntil is { } end && end > now);
    }

    private static StackStanding Standing(StackCounting counting, HeldBadge[] held) => StackStanding.Of(Stack(counting), held, [], now, today);

    private static BadgeStack Stack(StackCounting counting) => Stacks.Of("both", counting, "one", "two");

    private static HeldBadge Held(string slug, string level = "proficient")
    {
        var badge = (Badges.Bench() with { Slug = slug }).Publish(1);
        return new(badge, [.. badge.Competencies.Select(skill => new AwardedLevel(skill.Id, level))], now.AddDays(-1), null, CredentialId.From(slug));
    }
}
