using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SkillBadges.Core.Mastery;

/// <summary>
/// One immutable version of a mastery scale: ordered levels, the cut from which work counts as proficient, and how a history of
/// decisions is read. Scales are equal when their <see cref="SnapshotHash"/> is.
/// </summary>
public sealed record MasteryScale
{
    private Sha256Digest? contentHash;
    private Sha256Digest? snapshotHash;

    /// <summary>A slug such as <c>four-level</c>, the same in every version.</summary>
    public required string Id { get; init; }

    /// <summary>From 1.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Lowest first.</summary>
    public required ImmutableArray<MasteryLevel> Levels { get; init; }

    /// <summary>Code of the lowest level that counts as proficient.</summary>
    public required string ProficientCut { get; init; }

    public required ScoringPolicy Scoring { get; init; }

    /// <summary>SHA-256 of everything but the version: equal content makes no new version.</summary>
    [JsonIgnore]
    public Sha256Digest ContentHash => contentHash ??= ScaleHash.Of(this, withVersion: false);

    /// <summary>SHA-256, version included: the address of this scale's snapshot.</summary>
    [JsonIgnore]
    public Sha256Digest SnapshotHash => snapshotHash ??= ScaleHash.Of(this, withVersion: true);

    /// <summary>A scale that keeps the rules of <see cref="ScaleRules"/>.</summary>
    /// <exception cref="RefusedException">
    /// <c>scale.too-few-levels</c>, <c>scale.duplicate-level</c>, <c>scale.bad-level-code</c>, <c>scale.levels-out-of-order</c>,
    /// <c>scale.no-evidence-level</c>, <c>scale.cut-not-a-level</c> or <c>scale.bad-scoring</c>.
    /// </exception>
    public static MasteryScale Create(
        string id, int version, string name, string description, ImmutableArray<MasteryLevel> levels, string proficientCut, ScoringPolicy scoring)
    {
        var scale = new MasteryScale
        {
            Id = id,
            Version = version,
            Name = name,
            Description = description,
            Levels = levels,
            ProficientCut = proficientCut,
            Scoring = scoring,
        };
        var fault = ScaleRules.Faults(scale).FirstOrDefault();
        return fault is null ? scale : throw Refused.Invalid(fault.Code, fault.Message);
    }

    /// <exception cref="RefusedException"><c>scale.unknown-level</c>.</exception>
    public MasteryLevel Level(string code) => Find(code)
        ?? throw Refused.Invalid("scale.unknown-level", $"The scale {Name} has no such level; it has {string.Join(", ", Levels.Select(level => level.Code))}.");

    /// <summary>The level, or null where the scale has none of that code.</summary>
    public MasteryLevel? Find(string code) => Levels.FirstOrDefault(level => level.Code == code);

    /// <summary>Whether the level is at or above the cut.</summary>
    /// <exception cref="RefusedException"><c>scale.unknown-level</c>.</exception>
    public bool IsProficient(string code) => Reaches(code, ProficientCut);

    /// <summary>Whether the level is at or above another one of this scale.</summary>
    /// <exception cref="RefusedException"><c>scale.unknown-level</c>.</exception>
    public bool Reaches(string code, string required) => Level(code).Ordinal >= Level(required).Ordinal;

    public bool Equals(MasteryScale? other) => other is not null && SnapshotHash == other.SnapshotHash;

    public override int GetHashCode() => SnapshotHash.GetHashCode();

    // The hashes are remembered, so a copy made by "with" must forget them.
    private MasteryScale(MasteryScale original)
    {
        Id = original.Id;
        Version = original.Version;
        Name = original.Name;
        Description = original.Description;
        Levels = original.Levels;
        ProficientCut = original.ProficientCut;
        Scoring = original.Scoring;
    }

    public MasteryScale()
    {
    }
}
