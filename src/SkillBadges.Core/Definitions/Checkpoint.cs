namespace SkillBadges.Core.Definitions;

/// <summary>A place where the learner stops until a teacher nods, such as a safety check before the arc is struck.</summary>
/// <param name="Id">Unique within the badge.</param>
/// <param name="Hint">What the teacher looks at.</param>
public sealed record Checkpoint(string Id, string Label, string Hint);
