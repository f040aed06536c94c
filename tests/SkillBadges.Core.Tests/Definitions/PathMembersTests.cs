using System.Text;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Tests.Mastery;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class PathMembersTests
{
    private static readonly Dictionary<string, MasteryScale> scales = new() { ["four-level"] = Scales.FourLevel() };

    [Fact]
    public void A_file_says_how_the_work_goes()
    {
        var badge = Read(BadgeFiles.Way).Content!;

        Assert.Equal(new(3, 2, "An hour of practice with the instructor."), badge.Attempts);
        Assert.Equal("safety", Assert.Single(badge.Checkpoints).Id);
        var assessment = Assert.Single(badge.Assessments);
        Assert.Equal((20, true, false), (assessment.MaxScore, assessment.Covers("measuring"), assessment.Covers("filing")));
        Assert.Equal("shop-safety", Assert.Single(badge.Prerequisites));
    }

    [Fact]
    public void A_file_that_says_nothing_asks_for_nothing_and_keeps_its_hash()
    {
        var badge = Read(BadgeFiles.Bench).Content!;

        Assert.Null(badge.Attempts);
        Assert.Equal((0, 0, 0), (badge.Checkpoints.Length, badge.Assessments.Length, badge.Prerequisites.Length));
    }

    [Theory]
    [InlineData("\"limit\": 3", "\"limit\": 0", "definition-file.bad-value", "$.attempts.limit")]
    [InlineData("\"coolingDays\": 2", "\"coolingDays\": 366", "definition-file.bad-value", "$.attempts.coolingDays")]
    [InlineData("An hour of practice with the instructor.", "Rest", "definition-file.bad-length", "$.attempts.preparation")]
    [InlineData("\"maxScore\": 20", "\"maxScore\": \"20\"", "definition-file.wrong-type", "$.assessments[0].maxScore")]
    [InlineData("[\"measuring\"]", "[\"singing\"]", "definition.unknown-competency", "$.assessments[0].competencies[0]")]
    [InlineData("[\"shop-safety\"]", "[\"bench-work\"]", "definition.own-prerequisite", "$.prerequisites[0]")]
    [InlineData("[\"shop-safety\"]", "[\"shop-safety\", \"shop-safety\"]", "definition.duplicate-id", "$.prerequisites[1]")]
    [InlineData("\"label\": \"Safety check\"", "\"label\": \"\"", "definition-file.bad-length", "$.checkpoints[0].label")]
    public void What_is_wrong_is_told_with_its_place(string sound, string broken, string code, string path)
    {
        Assert.Contains(sound, BadgeFiles.Way, StringComparison.Ordinal);

        var reading = Read(BadgeFiles.Way.Replace(sound, broken, StringComparison.Ordinal));

        Assert.Null(reading.Content);
        Assert.Contains((code, path), reading.Faults.Select(fault => (fault.Code, fault.Path)));
    }

    private static FileReading<Core.Definitions.BadgeDefinition> Read(string json) => DefinitionFile.ReadBadge("manufacturing/bench-work.json", Encoding.UTF8.GetBytes(json), scales);
}
