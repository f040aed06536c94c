using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.Core.Tests.Definitions.CoAuthoring;

public sealed class VersionBridgeTests
{
    private static readonly BadgeDefinition first = Drafts.Read(BadgeFiles.Bench).Badge.Publish(1);

    [Fact]
    public void What_stayed_is_kept_what_changed_or_is_new_is_to_add_and_what_went_is_told()
    {
        var second = (first with
        {
            Competencies =
            [
                first.Competencies[0] with { Name = "Filing flat" },
                first.Competencies[1] with { Statement = "Drills holes where the drawing has them, to depth." },
                first.Competencies[2] with { Id = "sawing", Name = "Sawing" },
                first.Competencies[3],
            ],
        }).Publish(2);

        var bridge = VersionBridge.Between(first, second);

        Assert.Equal(("bench-work@1", "bench-work@2"), (bridge.From.ToString(), bridge.To.ToString()));
        Assert.Equal(
            [("filing", BridgeStep.Kept), ("drilling", BridgeStep.Changed), ("sawing", BridgeStep.New), ("measuring", BridgeStep.Kept), ("tapping", BridgeStep.Dropped)],
            bridge.Skills.Select(skill => (skill.Competency, skill.Step)));
        Assert.Equal(["drilling", "sawing"], bridge.ToAdd.Select(skill => skill.Competency));
        Assert.Equal("competencies/drilling/statement", Assert.Single(bridge.Skills[1].Changes).Path);
    }

    [Theory]
    [InlineData("proficient", BridgeStep.Kept)]
    [InlineData("developing", BridgeStep.Changed)]
    public void A_level_that_was_raised_is_kept_by_who_had_reached_it(string held, BridgeStep step)
    {
        var second = (first with { Competencies = first.Competencies.SetItem(3, first.Competencies[3] with { RequiredLevel = "proficient" }) }).Publish(2);
        var bridge = VersionBridge.Between(first, second);
        Assert.Equal(BridgeStep.Changed, bridge.Skills[3].Step);

        Assert.Equal(step, bridge.ForHolder(first, second, new Dictionary<string, string> { ["measuring"] = held }).Skills[3].Step);
    }

    [Fact]
    public void A_level_that_was_lowered_asks_for_nothing_more()
    {
        var second = (first with { Competencies = first.Competencies.SetItem(0, first.Competencies[0] with { RequiredLevel = "developing" }) }).Publish(2);
        Assert.Equal(BridgeStep.Kept, VersionBridge.Between(first, second).Skills[0].Step);
    }

    [Fact]
    public void Other_words_for_a_level_are_to_be_shown_again()
    {
        var skill = first.Competencies[0];
        var second = (first with { Competencies = first.Competencies.SetItem(0, skill with { LevelDescriptors = skill.LevelDescriptors.SetItem("proficient", "Flat and square within 1/128 inch.") }) }).Publish(2);
        var bridge = VersionBridge.Between(first, second).ForHolder(first, second, new Dictionary<string, string> { ["filing"] = "advanced" });
        Assert.Equal(BridgeStep.Changed, bridge.Skills[0].Step);
    }
}
