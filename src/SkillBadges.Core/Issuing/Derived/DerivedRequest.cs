using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing.Derived;

/// <summary>A badge on which a derived credential rests, as its evidence.</summary>
/// <param name="Credential">Null where it is from elsewhere: another issuer's id would let two schools' credentials be joined by it.</param>
/// <param name="From">Who awarded it, in the words of the badge's school; null where that is the issuer itself.</param>
public sealed record MemberEvidence(CredentialId? Credential, string Name, string? From);

/// <summary>What is to be recorded and signed.</summary>
/// <param name="Subject">As in <see cref="DerivedCredential"/>; as <paramref name="About"/>.</param>
/// <param name="Achievement">What was achieved.</param>
/// <param name="Badges">The credentials of this instance that it rests on.</param>
public sealed record DerivedRequest(
    Organization Organization, PersonId Learner, DerivedKind Kind, string Subject, string About, Achievement Achievement, ImmutableArray<CredentialId> Badges, ImmutableArray<MemberEvidence> Evidence, DateTimeOffset EarnedAt)
{
    public ImmutableArray<string> Recognitions { get; init; } = [];

    public ImmutableArray<string> Certificates { get; init; } = [];

    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Of a course.</summary>
    public decimal? CreditsEarned { get; init; }

    /// <summary>Such as <c>2027-fall</c>.</summary>
    public string? Term { get; init; }

    public Result? Result { get; init; }
}
