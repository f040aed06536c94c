using System.Collections.Immutable;

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

    /// <summary>By level code, one for every level of the badge's scale.</summary>
    public required ImmutableDictionary<string, string> LevelDescriptors { get; init; }

    /// <summary>Code of the level that must be reached; the scale's cut where the author says nothing.</summary>
    public required string RequiredLevel { get; init; }

    /// <summary>The choice board, in the author's order.</summary>
    public required ImmutableArray<EvidenceOption> EvidenceOptions { get; init; }

    /// <summary>How many different options a submission must hold.</summary>
    public int ChooseAtLeast { get; init; } = 1;

    /// <summary>The option, or null.</summary>
    public EvidenceOption? Option(string id) => EvidenceOptions.FirstOrDefault(option => option.Id == id);
}
