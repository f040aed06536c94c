using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Issuing;

public enum AwardState
{
    /// <summary>Decided and recorded; the credential is being signed.</summary>
    Signing,

    Issued,

    /// <summary>Corrected before it was signed: no credential ever left.</summary>
    Cancelled,

    Revoked,
}

/// <summary>The level that was decided for one competency of the badge, by its codes.</summary>
public sealed record AwardedLevel(string Competency, string Level);

/// <summary>
/// One badge, awarded to one learner by one organization. While it is live, the learner holds no other for the same badge version and
/// attempt (<see cref="AwardDocuments.Live"/>).
/// </summary>
public sealed record Award(
    AwardId Id,
    PersonId Learner,
    OrganizationId Organization,
    BadgeVersionId Badge,
    int Attempt,
    CredentialId Credential,
    SubmissionId Submission,
    string Decision,
    ImmutableArray<AwardedLevel> Levels,
    DateTimeOffset AwardedAt)
{
    public AwardState State { get; init; } = AwardState.Signing;

    /// <summary>Until then whoever decided may still undo it, and nothing is signed; absent where it was signed at once.</summary>
    public DateTimeOffset? UndoableUntil { get; init; }

    /// <summary>When the signed credential was stored.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When it was revoked or cancelled.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    public bool IsLive => State is AwardState.Signing or AwardState.Issued;

    /// <summary>The credential is signed and stored.</summary>
    /// <exception cref="RefusedException"><c>award.not-signing</c>.</exception>
    public Award Issue(DateTimeOffset at) => State == AwardState.Signing
        ? this with { State = AwardState.Issued, IssuedAt = at }
        : throw Refused.Conflict("award.not-signing", "This award is not waiting for its signature.");

    /// <summary>Ends the award: cancelled when nothing was signed yet, revoked otherwise. The slot is free again.</summary>
    /// <exception cref="RefusedException"><c>award.already-revoked</c>.</exception>
    public Award End(DateTimeOffset at) => IsLive
        ? this with { State = State == AwardState.Signing ? AwardState.Cancelled : AwardState.Revoked, EndedAt = at }
        : throw Refused.Conflict("award.already-revoked", "This award was taken back already.");
}
