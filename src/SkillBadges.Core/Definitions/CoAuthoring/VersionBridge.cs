using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions.CoAuthoring;

[JsonConverter(typeof(JsonStringEnumConverter<BridgeStep>))]
public enum BridgeStep
{
    /// <summary>The skill asks for what it asked before; what was shown counts.</summary>
    [JsonStringEnumMemberName("kept")]
    Kept,

    /// <summary>The skill asks for something else or for more; it is shown again.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,

    /// <summary>The skill was not there before.</summary>
    [JsonStringEnumMemberName("new")]
    New,

    /// <summary>The later version does not ask for it any more.</summary>
    [JsonStringEnumMemberName("dropped")]
    Dropped,
}

/// <summary>What becomes of one skill on the way from one version to another.</summary>
/// <param name="NeededLevel">Code of the level that the later version asks for; null for a dropped skill.</param>
/// <param name="Changes">What changed in it, passage by passage.</param>
public sealed record BridgedSkill(string Competency, string Name, BridgeStep Step, string? NeededLevel, ImmutableArray<PassageChange> Changes);

/// <summary>What a holder of one version of a badge must add to hold another.</summary>
public sealed record VersionBridge(BadgeVersionId From, BadgeVersionId To, ImmutableArray<BridgedSkill> Skills)
{
    /// <summary>The skills that must be shown.</summary>
    [JsonIgnore]
    public IEnumerable<BridgedSkill> ToAdd => Skills.Where(skill => skill.Step is BridgeStep.Changed or BridgeStep.New);

    public static VersionBridge Between(BadgeDefinition from, BadgeDefinition to)
    {
        var changes = Difference.Between(from, to);
        var sameScale = from.Scale.ContentHash == to.Scale.ContentHash;
        return new(from.Id, to.Id,
        [
            .. to.Competencies.Select(skill => Bridge(from.Competencies.FirstOrDefault(known => known.Id == skill.Id), skill, from, to, sameScale, changes)),
            .. from.Competencies.Where(skill => to.Competencies.All(known => known.Id != skill.Id)).Select(skill => new BridgedSkill(skill.Id, skill.Name, BridgeStep.Dropped, null, [])),
        ]);
    }

    /// <summary>For a holder: a skill in which only the level was raised is kept when the holder reached it already.</summary>
    /// <param name="levels">What was decided for the holder, by competency, in codes of the earlier version's scale.</param>
    public VersionBridge ForHolder(BadgeDefinition from, BadgeDefinition to, IReadOnlyDictionary<string, string> levels) => from.Scale.ContentHash != to.Scale.ContentHash
        ? this
        : this with { Skills = [.. Skills.Select(skill => IsOnlyRaised(skill) && levels.TryGetValue(skill.Competency, out var held) && to.Satisfies(skill.Competency, held) ? skill with { Step = BridgeStep.Kept } : skill)] };

    // What a level looks like above or below, the statement and the level needed make the skill; ways to show it and its name do not.
    private static BridgedSkill Bridge(
        Competency? before, Competency after, BadgeDefinition from, BadgeDefinition to, bool sameScale, ImmutableArray<PassageChange> changes)
    {
        if (before is null)
        {
            return new(after.Id, after.Name, BridgeStep.New, after.RequiredLevel, []);
        }

        var own = changes.Where(change => change.Path.StartsWith($"competencies/{after.Id}/", StringComparison.Ordinal)).ToImmutableArray();
        var same = sameScale && before.Statement == after.Statement
            && to.Scale.Levels.All(level => before.LevelDescriptors.GetValueOrDefault(level.Code) == after.LevelDescriptors.GetValueOrDefault(level.Code))
            && from.Scale.Reaches(before.RequiredLevel, after.RequiredLevel);
        return new(after.Id, after.Name, same ? BridgeStep.Kept : BridgeStep.Changed, after.RequiredLevel, own);
    }

    private static bool IsOnlyRaised(BridgedSkill skill) =>
        skill.Step == BridgeStep.Changed && !skill.Changes.Any(change => change.Path.EndsWith("/statement", StringComparison.Ordinal) || change.Path.Contains("/levels/", StringComparison.Ordinal));
}
