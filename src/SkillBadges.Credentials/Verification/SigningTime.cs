using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Verification;

/// <summary>A signature that holds, against what is known of the life of its key.</summary>
internal static class SigningTime
{
    /// <param name="signedAt">The latest time that the document gives for its making; null counts as now.</param>
    internal static bool Check(ReportDraft draft, VerificationMethod key, DateTimeOffset? signedAt)
    {
        if (key.Revoked is { } revoked && !(signedAt < revoked))
        {
            draft.Fail(CheckName.Signature, "key-compromised", $"The key that made the signature is reported as compromised since {ValidityCheck.Day(revoked)}.");
            return false;
        }

        if (key.Expires is { } expires && !(signedAt < expires))
        {
            draft.Fail(CheckName.Signature, "key-expired", $"The key that made the signature was in use only until {ValidityCheck.Day(expires)}.");
            return false;
        }

        draft.Pass(CheckName.Signature, "The credential is exactly what the issuer signed.");
        return true;
    }
}
