using System.Collections.Immutable;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Tests.Mastery;

public sealed class ScoringPolicyTests
{
    public static TheoryData<ScoringPolicy, string, string?> Histories => new()
    {
        { ScoringPolicy.Latest, "", null },
        { ScoringPolicy.Highest, "", null },
        { ScoringPolicy.ModeOfLast(3), "", null },
        { ScoringPolicy.Latest, "advanced developing", "developing" },
        { ScoringPolicy.Highest, "advanced developing", "advanced" },
        { ScoringPolicy.ModeOfLast(3), "proficient", "proficient" },
        { ScoringPolicy.ModeOfLast(3), "proficient proficient developing", "proficient" },
        { ScoringPolicy.ModeOfLast(3), "beginning beginning beginning proficient developing proficient", "proficient" },
        { ScoringPolicy.ModeOfLast(4), "beginning beginning proficient proficient", "proficient" },
        { ScoringPolicy.ModeOfLast(4), "proficient proficient beginning beginning", "beginning" },
        { ScoringPolicy.ModeOfLast(2), "advanced proficient", "proficient" },
    };

    [Theory]
    [MemberData(nameof(Histories))]
    public void A_history_reads_as_one_level(ScoringPolicy policy, string history, string? standing)
    {
        var scale = Scales.FourLevel();
        ImmutableArray<MasteryLevel> decided = [.. history.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(scale.Level)];
        Assert.Equal(standing, policy.Standing(decided)?.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(21)]
    public void A_mode_of_too_few_or_too_many_is_refused(int count) =>
        Assert.Equal("scale.bad-scoring", Assert.Throws<RefusedException>(() => ScoringPolicy.ModeOfLast(count)).Code);
}
