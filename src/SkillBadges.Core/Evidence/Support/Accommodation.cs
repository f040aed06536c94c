using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Support;

/// <summary>
/// What helps a learner to show what they can do, and what else may stand as proof. It is a document of its own: nothing about it is in the work, the
/// record, a credential or a public page, and it says nothing about why.
/// </summary>
/// <param name="Badge">The slug of the badge that it is for; null for all.</param>
/// <param name="What">Such as more time, a reader, a quiet room.</param>
/// <param name="Alternative">Proof that may stand in the place of what the board asks for; null where nothing is changed.</param>
public sealed record Accommodation(
    AccommodationId Id, PersonId Learner, OrganizationId Organization, string? Badge, string What, string? Alternative, PersonId GrantedBy, DateTimeOffset GrantedAt)
{
    public const int MaxTextLength = 2_000;

    public DateTimeOffset? EndedAt { get; init; }

    /// <exception cref="RefusedException"><c>accommodation.what</c>, <c>accommodation.alternative</c>.</exception>
    public static Accommodation Grant(
        AccommodationId id, PersonId learner, OrganizationId organization, string? badge, string what, string? alternative, PersonId by, DateTimeOffset at) => new(
        id,
        learner,
        organization,
        badge,
        DisplayText.Optional(what, MaxTextLength, "accommodation.what") ?? throw Refused.Invalid("accommodation.what", "Please say what helps the learner."),
        DisplayText.Optional(alternative, MaxTextLength, "accommodation.alternative"),
        by,
        at);

    /// <exception cref="RefusedException"><c>accommodation.ended</c>.</exception>
    public Accommodation End(DateTimeOffset at) => EndedAt is null ? this with { EndedAt = at } : throw Refused.Conflict("accommodation.ended", "This has ended already.");
}
