using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>When, by whom and why; the reason is for the record and is never published.</summary>
public sealed record StatusMark(DateTimeOffset At, PersonId By, string Reason)
{
    public const int MaxReasonLength = 500;

    /// <exception cref="RefusedException"><c>award.reason</c>.</exception>
    public static StatusMark Because(string? reason, PersonId by, DateTimeOffset at) => new(at, by, DisplayText.Require(reason, MaxReasonLength, "award.reason"));
}

/// <summary>
/// The truth about one credential; the published lists are made from these. The same index is used in the list of revocations and in
/// that of suspensions.
/// </summary>
public sealed record CredentialStatus(CredentialId Credential, OrganizationId Organization, StatusListId List, int Index)
{
    public StatusMark? Revoked { get; init; }

    /// <summary>Absent again once reinstated.</summary>
    public StatusMark? Suspended { get; init; }

    /// <summary>The last time a suspension was lifted.</summary>
    public StatusMark? Reinstated { get; init; }

    [JsonIgnore]
    public bool IsGood => Revoked is null && Suspended is null;

    public bool Has(StatusPurpose purpose) => (purpose == StatusPurpose.Revocation ? Revoked : Suspended) is not null;

    /// <exception cref="RefusedException"><c>award.already-revoked</c>.</exception>
    public CredentialStatus Revoke(StatusMark mark) => this with { Revoked = Revoked is null ? mark : throw AlreadyRevoked() };

    /// <exception cref="RefusedException"><c>award.already-revoked</c> or <c>award.already-suspended</c>.</exception>
    public CredentialStatus Suspend(StatusMark mark)
    {
        if (Revoked is not null)
        {
            throw AlreadyRevoked();
        }

        return Suspended is null
            ? this with { Suspended = mark }
            : throw Refused.Conflict("award.already-suspended", "This badge is on hold already.");
    }

    /// <exception cref="RefusedException"><c>award.already-revoked</c> or <c>award.not-suspended</c>.</exception>
    public CredentialStatus Reinstate(StatusMark mark)
    {
        if (Revoked is not null)
        {
            throw AlreadyRevoked();
        }

        return Suspended is not null
            ? this with { Suspended = null, Reinstated = mark }
            : throw Refused.Conflict("award.not-suspended", "This badge is not on hold.");
    }

    private static RefusedException AlreadyRevoked() => Refused.Conflict("award.already-revoked", "This badge was taken back already; that cannot be undone.");
}
