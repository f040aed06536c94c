using SkillBadges.App.Layout;
using SkillBadges.App.Sharing;
using SkillBadges.Core.Sharing.Shares;

namespace SkillBadges.App.Tests.Sharing;

public sealed class JudgeWordsTests
{
    [Theory]
    [InlineData("en", "signed off by a teacher at West High and a workplace supervisor at Valley Machining")]
    [InlineData("es", "West High")]
    public void Whoever_judged_is_told_by_role_and_place(string language, string words) =>
        Assert.Contains(words, JudgeWords.Of(new Texts(language), Level(new("Teacher", "West High"), new("Supervisor", "Valley Machining"))), StringComparison.Ordinal);

    [Fact]
    public void A_place_that_nobody_here_knows_is_left_out() =>
        Assert.Equal("signed off by a teacher", JudgeWords.Of(new Texts("en"), Level(new SharedJudge("Teacher", null))));

    [Fact]
    public void Where_nobody_is_named_nothing_is_said() => Assert.Null(JudgeWords.Of(new Texts("en"), Level()));

    private static SharedLevel Level(params SharedJudge[] judges) => new("Fillet weld", "Proficient", "Even beads.", [.. judges]);
}
