namespace SkillBadges.Core.Definitions;

/// <summary>An organization that wrote the badge together with others; being named here signs nothing.</summary>
/// <param name="Kind">Such as <c>high-school</c>, <c>college</c> or <c>employer</c>.</param>
/// <param name="Name">Of one organization, or null where any of the kind is meant.</param>
public sealed record CoAuthor(string Kind, string? Name = null);
