using System.Collections.Immutable;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>One observable skill of a badge, decided by itself.</summary>
public sealed record Competency
{
    /// <summary>Unique within the badge and kept from version to version while the skill stays the same.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>A full sentence saying what an observer would see.</summary>
    public required string Statement { get; init; }

    /// <summary>Id of a <see cref="SkillGroup"/>, or null.</summary>
    public string? SkillGroupId { get; init; }

    /// <summary>The years it is meant for, or null for any.</summary>
    public Band? Band { get; init; }

    /// <summary>By level code, one for every level of the badge's scale.</summary>
    public required ImmutableDictionary<string, string> LevelDescriptors { get; init; }

    /// <summary>Code of the level that must be reached; the scale's cut where the author says nothing.</summary>
    public required string RequiredLevel { get; init; }

    /// <summary>What work looks like, to be seen before anybody begins.</summary>
    public ImmutableArray<Exemplar> Exemplars { get; init; } = [];

    /// <summary>The choice board, in the author's order.</summary>
    public required ImmutableArray<EvidenceOption> EvidenceOptions { get; init; }

    /// <summary>How many different options a submission must hold.</summary>
    public int ChooseAtLeast { get; init; } = 1;

    /// <summary>Items of frameworks that say what this skill says.</summary>
    public ImmutableArray<Alignment> Alignments { get; init; } = [];

    /// <summary>What to go on with once proficient.</summary>
    public ImmutableArray<ExtensionTask> Extensions { get; init; } = [];

    /// <summary>The tasks that are offered to who stands at a level: none below proficient.</summary>
    /// <param name="scale">The badge's scale.</param>
    /// <param name="level">Code of the level that stands, or null where there is no evidence yet.</param>
    /// <exception cref="RefusedException"><c>scale.unknown-level</c>.</exception>
    public ImmutableArray<ExtensionTask> ExtensionsAt(MasteryScale scale, string? level) => level is not null && scale.IsProficient(level) ? Extensions : [];

    /// <summary>The option, or null.</summary>
    public EvidenceOption? Option(string id) => EvidenceOptions.FirstOrDefault(option => option.Id == id);
}
