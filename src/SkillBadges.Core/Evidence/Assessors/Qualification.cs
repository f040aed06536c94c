using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence.Assessors;

/// <summary>
/// A license or certificate that somebody holds, as an office has checked it. Revoking it ends what it allows from then on; what was
/// decided under it stays, and shows under which document.
/// </summary>
/// <param name="Code">A slug such as <c>registered-nurse</c>, as badges ask for it.</param>
/// <param name="Number">As printed on the document.</param>
/// <param name="ExpiresOn">The last day on which it holds, in the office's time zone; null when it has no end.</param>
/// <param name="Organization">Whose office checked it: it counts there and below.</param>
/// <param name="Evidence">What the office saw, such as the register's entry and its date.</param>
public sealed record Qualification(
    QualificationId Id, PersonId Holder, string Code, string Number, string Issuer, DateOnly? ExpiresOn, OrganizationId Organization, string Evidence, PersonId VerifiedBy, DateTimeOffset VerifiedAt)
{
    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevocationReason { get; init; }

    /// <exception cref="RefusedException"><c>qualification.code</c>, <c>qualification.document</c>, <c>qualification.own</c>.</exception>
    public static Qualification Verify(Qualification seen)
    {
        if (!Slug.IsValid(seen.Code))
        {
            throw Refused.Invalid("qualification.code", "A qualification is named by a code such as registered-nurse.");
        }

        return seen.Holder == seen.VerifiedBy
            ? throw Refused.Forbidden("qualification.own", "Nobody checks their own license; a colleague of the office does.")
            : seen with
            {
                Number = DisplayText.Require(seen.Number, 100, "qualification.document"),
                Issuer = DisplayText.Require(seen.Issuer, 200, "qualification.document"),
                Evidence = DisplayText.Require(seen.Evidence, 500, "qualification.document"),
            };
    }

    /// <param name="day">The day where it is used.</param>
    public bool HoldsOn(DateOnly day) => RevokedAt is null && (ExpiresOn is not { } last || day <= last);

    /// <exception cref="RefusedException"><c>qualification.revoked</c>, <c>qualification.document</c>.</exception>
    public Qualification Revoke(DateTimeOffset at, string reason) => RevokedAt is null
        ? this with { RevokedAt = at, RevocationReason = DisplayText.Require(reason, 500, "qualification.document") }
        : throw Refused.Conflict("qualification.revoked", "This qualification is revoked already.");
}
