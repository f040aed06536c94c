using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>A token's signature against the keys that were found to be the issuer's.</summary>
internal static class JwtSignatureCheck
{
    /// <summary>True when both the key and the signature passed.</summary>
    /// <param name="signedAt">When the token says that it was made; decides whether its key still, or already, counted.</param>
    internal static bool Run(ReportDraft draft, VcJwt token, KeyBindingResult bound, DateTimeOffset? signedAt)
    {
        if (bound.Outcome != CheckOutcome.Passed)
        {
            draft.Set(CheckName.IssuerKey, bound.Outcome, bound.Code, bound.Sentence);
            return false;
        }

        if (token.Header.AnnouncedKey is { } announced && !bound.Keys.Any(method => method.Key.Equals(announced)))
        {
            draft.Fail(CheckName.IssuerKey, KeyBinding.KeyMismatch, "The key that the token carries is none of the issuer's own.");
            return false;
        }

        draft.Pass(CheckName.IssuerKey, bound.Sentence);
        if (!bound.Keys.Any(method => method.Key.Algorithm == token.Header.Algorithm))
        {
            draft.Fail(CheckName.Signature, "algorithm-mismatch", "The token names another signature algorithm than the issuer's key is for.");
            return false;
        }

        var signing = bound.Keys.FirstOrDefault(method => token.IsSignedBy(method.Key));
        if (signing is null)
        {
            draft.Fail(CheckName.Signature, "signature", "The signature does not fit: the credential was changed, or another key made it.");
            return false;
        }

        return SigningTime.Check(draft, signing, signedAt);
    }
}
