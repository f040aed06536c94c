using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Mastery;

public sealed class MasteryScaleTests
{
    [Theory]
    [InlineData("beginning", false)]
    [InlineData("developing", false)]
    [InlineData("proficient", true)]
    [InlineData("advanced", true)]
    public void Proficient_begins_at_the_cut(string code, bool proficient) => Assert.Equal(proficient, Scales.FourLevel().IsProficient(code));

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("Proficient")]
    [InlineData("no-evidence")]
    public void A_level_the_scale_has_not_is_refused(string code) =>
        Assert.Equal("scale.unknown-level", Assert.Throws<RefusedException>(() => Scales.FourLevel().IsProficient(code)).Code);

    public static TheoryData<string, string[], int[], string> Broken => new()
    {
        { "scale.too-few-levels", ["a"], [1], "a" },
        { "scale.too-few-levels", [.. Enumerable.Range(0, 21).Select(i => $"l{i}")], [.. Enumerable.Range(0, 21)], "l0" },
        { "scale.duplicate-level", ["a", "a"], [1, 2], "a" },
        { "scale.bad-level-code", ["a", "not yet"], [1, 2], "a" },
        { "scale.bad-level-code", ["a", "b/c"], [1, 2], "a" },
        { "scale.bad-level-code", ["a", "+"], [1, 2], "a" },
        { "scale.bad-level-code", ["a", new string('b', 41)], [1, 2], "a" },
        { "scale.levels-out-of-order", ["a", "b"], [2, 2], "a" },
        { "scale.levels-out-of-order", ["a", "b"], [2, 1], "a" },
        { "scale.cut-not-a-level", ["a", "b"], [1, 2], "c" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_scale_is_refused(string code, string[] levels, int[] ordinals, string cut)
    {
        ImmutableArray<MasteryLevel> made = [.. levels.Zip(ordinals, (level, ordinal) => new MasteryLevel(level, ordinal, level, level))];
        var refusal = Assert.Throws<RefusedException>(() => MasteryScale.Create("x-scale", 1, "X", "X", made, cut, ScoringPolicy.Latest));
        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public void A_count_belongs_to_the_mode_only() => Assert.All(
        [new ScoringPolicy(ScoringMethod.Latest, 3), new(ScoringMethod.ModeOfLast), new(ScoringMethod.ModeOfLast, 21)],
        scoring => Assert.Equal("scale.bad-scoring", Assert.Throws<RefusedException>(() => Scales.FourLevel(scoring)).Code));

    [Fact]
    public void The_version_counts_for_the_snapshot_and_not_for_the_content()
    {
        var first = Scales.FourLevel();
        var second = first with { Version = 2 };
        Assert.Equal(first.ContentHash, second.ContentHash);
        Assert.NotEqual(first.SnapshotHash, second.SnapshotHash);
        Assert.NotEqual(first, second);
    }

    public static TheoryData<string, Func<MasteryScale, MasteryScale>> Edits => new()
    {
        { "id", scale => scale with { Id = "other" } },
        { "name", scale => scale with { Name = "Other" } },
        { "description", scale => scale with { Description = "Other" } },
        { "label", scale => scale with { Levels = scale.Levels.SetItem(0, scale.Levels[0] with { Label = "Other" }) } },
        { "descriptor", scale => scale with { Levels = scale.Levels.SetItem(0, scale.Levels[0] with { Descriptor = "Other" }) } },
        { "ordinal", scale => scale with { Levels = scale.Levels.SetItem(0, scale.Levels[0] with { Ordinal = 0 }) } },
        { "cut", scale => scale with { ProficientCut = "advanced" } },
        { "scoring", scale => scale with { Scoring = ScoringPolicy.Highest } },
    };

    [Theory]
    [MemberData(nameof(Edits))]
    public void Every_edit_is_seen_by_the_hash(string what, Func<MasteryScale, MasteryScale> edit)
    {
        var scale = Scales.FourLevel();
        Assert.True(scale.ContentHash != edit(scale).ContentHash, what);
    }

    // Entries are stored under this address for as long as a school keeps records.
    [Fact]
    public void The_snapshot_address_never_drifts() =>
        Assert.StartsWith("c90f660038e57616a492b3beeec2eea9", Scales.FourLevel().SnapshotHash.Hex);

    [Fact]
    public void A_scale_survives_being_stored()
    {
        var scale = Scales.FourLevel(ScoringPolicy.ModeOfLast(3));
        Assert.Equal(scale, JsonSerializer.Deserialize<MasteryScale>(JsonSerializer.Serialize(scale, DocumentJson.Options), DocumentJson.Options));
    }
}
