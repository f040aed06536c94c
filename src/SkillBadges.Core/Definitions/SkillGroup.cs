namespace SkillBadges.Core.Definitions;

/// <summary>A heading between badge and competency; it is never decided by itself.</summary>
public sealed record SkillGroup(string Id, string Name, string Description);
