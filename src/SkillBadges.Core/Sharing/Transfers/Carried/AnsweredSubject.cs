using System.Text;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Transfers.Carried;

/// <summary>
/// The id under which an issuer's badges speak of a student of a school, in the issuer's own signed words: it let the student's record go, and the school's
/// office took it in for this student. It proves nothing at another school.
/// </summary>
/// <param name="Issuer">A DID whose keys were found elsewhere than in the pack.</param>
/// <param name="Pack">The manifest that says so.</param>
public sealed record AnsweredSubject(OrganizationId School, string Issuer, string Subject, PersonId Learner, Sha256Digest Pack, DateTimeOffset AnsweredAt)
{
    /// <summary>Longer ids are not kept.</summary>
    public const int MaxSubjectLength = 200;
}

public static class AnsweredSubjectDocuments
{
    /// <summary>By the SHA-256 of school, issuer and id.</summary>
    public static readonly DocumentKind<AnsweredSubject> Kind = new("answered_subject", a => IdOf(a.School, a.Issuer, a.Subject));

    public static string IdOf(OrganizationId school, string issuer, string subject) => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{school.Value}\n{issuer}\n{subject}")).Hex;
}
