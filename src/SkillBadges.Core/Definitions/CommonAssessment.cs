using System.Collections.Immutable;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// A pre-test or common assessment that comes with the badge. Whoever takes it hands in its result as proof of the skills it covers, which goes
/// straight to review; the score sets no level.
/// </summary>
/// <param name="Id">Unique within the badge.</param>
/// <param name="Hint">Where and how it is taken.</param>
/// <param name="MaxScore">The highest score.</param>
public sealed record CommonAssessment(string Id, string Name, string Hint, int MaxScore)
{
    /// <summary>Ids of the competencies that it covers; all of them when empty.</summary>
    public ImmutableArray<string> Competencies { get; init; } = [];

    public bool Covers(string competencyId) => Competencies.IsEmpty || Competencies.Contains(competencyId, StringComparer.Ordinal);
}
