using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

/// <summary>A teacher's "go on" at a stop point of the badge.</summary>
public sealed record Nod(string CheckpointId, PersonId By, DateTimeOffset At, string? Words)
{
    public const int MaxWordsLength = 1_000;
}
