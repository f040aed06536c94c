using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Core.Issuing;

/// <summary>Evidence as a credential may speak of it: its content's digest and nothing that a learner typed, file names included.</summary>
/// <param name="MediaType">Such as <c>image/jpeg</c>; written only when it is a well-known one.</param>
/// <param name="Competency">Id of the competency it supports.</param>
public sealed record AwardedEvidence(Sha256Digest Digest, string? MediaType, EvidenceKind Kind, string Competency);

/// <summary>What the approval of a submission hands over to be issued.</summary>
/// <param name="Attempt">From 1, within the submission.</param>
/// <param name="Levels">One for each competency that was decided, by its codes.</param>
/// <param name="Assessor">The organization whose member decided, when it is not <paramref name="Organization"/>; else null.</param>
public sealed record IssuanceRequest(
    Organization Organization,
    PersonId Learner,
    BadgeDefinition Badge,
    int Attempt,
    ImmutableArray<AwardedLevel> Levels,
    ImmutableArray<AwardedEvidence> Evidence,
    DateTimeOffset DecidedAt,
    SubmissionId SubmissionId,
    string DecisionId,
    Organization? Assessor)
{
    /// <summary>What organizations signed about the badge version; <see cref="Issuance"/> finds them.</summary>
    public ImmutableArray<VerbatimJson> Endorsements { get; init; } = [];

    /// <summary>Nothing is signed before this instant; null for at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}
