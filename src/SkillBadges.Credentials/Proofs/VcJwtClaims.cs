using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.Proofs;

/// <summary>The registered claims that repeat an id of the credential: issuer, credential, subject (Open Badges 3.0 8.2.4.1).</summary>
internal static class VcJwtClaims
{
    /// <summary>The first claim that says something else, or that the profile demands and is not there; null when all agree.</summary>
    public static (string Claim, bool IsMissing)? Fault(VcJwt token)
    {
        var payload = new TapeValue(token.Tape, 0);
        var isDemanded = token.Header.Profile == VcJwtProfile.OpenBadges;
        return Compare("iss", payload.Find("iss"u8), TapeCredential.IssuerId(payload), isDemanded)
            ?? Compare("jti", payload.Find("jti"u8), payload.Find("id"u8), isDemanded)
            // The text demands sub as well; the standard's own samples leave it out, and its absence misleads nobody.
            ?? Compare("sub", payload.Find("sub"u8), TapeCredential.SubjectId(payload), isDemanded: false);
    }

    private static (string Claim, bool IsMissing)? Compare(string name, TapeValue claim, TapeValue member, bool isDemanded)
    {
        if (!claim.Exists)
        {
            return isDemanded && member.IsString ? (name, true) : null;
        }

        return member.IsString && claim.Is(member.Text) ? null : (name, false);
    }
}
