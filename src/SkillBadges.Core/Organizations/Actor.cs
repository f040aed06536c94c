using System.Collections.Immutable;

namespace SkillBadges.Core.Organizations;

/// <summary>Who asks. What they may do is read from the store for the organization in question, each time.</summary>
public sealed record Actor(PersonId Person)
{
    /// <summary>
    /// The internships to which somebody without an account is limited, by id: then nothing else that the person is or does counts, at any organization.
    /// Unset (default) for everyone who has signed in.
    /// </summary>
    public ImmutableArray<string> OnlyPlacements { get; init; }

    public bool IsLimited => !OnlyPlacements.IsDefault;

    public bool Reaches(string placement) => !IsLimited || OnlyPlacements.Contains(placement, StringComparer.Ordinal);
}
