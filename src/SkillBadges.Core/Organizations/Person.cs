namespace SkillBadges.Core.Organizations;

/// <summary>
/// Someone who uses the product or whose record is kept. Neither birth date nor student number is stored here; the name
/// never enters a credential.
/// </summary>
public sealed record Person(PersonId Id, string DisplayName)
{
    public const int MaxNameLength = 200;

    /// <summary>From this day the learner, not the family, holds the rights in records kept by schools; no other birth data is kept.</summary>
    public DateOnly? RightsPassOn { get; init; }

    /// <summary>
    /// Set when records at several schools were found to be one learner's: the same for each of them. It changes together with this
    /// document, so that who decides meanwhile decides again.
    /// </summary>
    public string? LearnerIdentity { get; init; }

    /// <summary>Closed accounts cannot sign in; what they decided stays.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public bool IsClosed => ClosedAt is not null;

    /// <exception cref="RefusedException"><c>person.name</c>.</exception>
    public static Person Named(PersonId id, string displayName) => new(id, DisplayText.Require(displayName, MaxNameLength, "person.name"));

    /// <summary>Whether both are records of one learner.</summary>
    public bool IsSameAs(Person other) => Id == other.Id || (LearnerIdentity is not null && LearnerIdentity == other.LearnerIdentity);

    public Person Close(DateTimeOffset at) => IsClosed ? this : this with { ClosedAt = at };
}
