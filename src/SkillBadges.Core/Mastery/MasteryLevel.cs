namespace SkillBadges.Core.Mastery;

/// <summary>One level of a scale. "No evidence yet" is never a level: it is the absence of one.</summary>
/// <param name="Code">Stable within the scale, such as <c>proficient</c> or <c>A</c>; compared ordinally.</param>
/// <param name="Ordinal">Rises strictly from the lowest level; it orders, and is no score.</param>
/// <param name="Label">What people read.</param>
/// <param name="Descriptor">What the level means for any skill; a competency says it for its own.</param>
public sealed record MasteryLevel(string Code, int Ordinal, string Label, string Descriptor);
