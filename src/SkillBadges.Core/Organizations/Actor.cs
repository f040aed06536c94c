namespace SkillBadges.Core.Organizations;

/// <summary>Who asks. What they may do is read from the store for the organization in question, each time.</summary>
public sealed record Actor(PersonId Person);
