using System.Text.Json;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// The registered claims against the members that they repeat. Open Badges 3.0 8.2.4.1: each MUST be compared, or two readers
/// of one token could see two credentials.
/// </summary>
internal static class ClaimsCheck
{
    /// <summary>True when they agree.</summary>
    internal static bool Run(ReportDraft draft, VcJwt token, DateTimeOffset now)
    {
        var payload = token.Payload;
        var fault = Identities(token)
            ?? (token.Header.Profile == VcJwtProfile.OpenBadges ? Dates(payload) : SignatureDates(payload, now));
        if (fault is var (code, sentence))
        {
            draft.Fail(CheckName.Claims, code, sentence);
            return false;
        }

        draft.Pass(CheckName.Claims, "The token's claims agree with the credential in it.");
        return true;
    }

    /// <summary>A presentation's token: made by its holder, for the one who asked, as an answer to its challenge, and just now.</summary>
    internal static (string Code, string Sentence)? Presentation(JsonElement payload, string? holder, PresentationExpectation? expected, DateTimeOffset now)
    {
        if (Compare(payload, "iss", holder) is { } fault)
        {
            return fault;
        }

        if (expected is not null && CredentialMembers.Text(payload, "nonce") != expected.Challenge)
        {
            return ("challenge-mismatch", "The presentation answers another challenge, or none.");
        }

        if (expected?.Domain is { } domain && !(payload.TryGetProperty("aud", out var audience) && CredentialMembers.HasText(audience, domain)))
        {
            return ("domain-mismatch", "The presentation was made for another, or for nobody.");
        }

        return SignatureDates(payload, now);
    }

    private static (string Code, string Sentence)? Identities(VcJwt token) =>
        VcJwtClaims.Fault(token) is var (claim, isMissing) ? isMissing ? Missing(claim) : Mismatch(claim) : null;

    private static (string Code, string Sentence)? Compare(JsonElement payload, string claim, string? member) =>
        !payload.TryGetProperty(claim, out _) || (CredentialMembers.Text(payload, claim) is { } text && text == member) ? null : Mismatch(claim);

    private static (string Code, string Sentence)? Dates(JsonElement payload) =>
        CompareDate(payload, "nbf", CredentialDates.ValidFrom(payload)) ?? CompareDate(payload, "exp", CredentialDates.ValidUntil(payload));

    private static (string Code, string Sentence)? CompareDate(JsonElement payload, string claim, DateTimeOffset? member)
    {
        if (!payload.TryGetProperty(claim, out var value))
        {
            return member is null ? null : Missing(claim);
        }

        // A claim counts seconds and may drop a fraction; 1 s is the most that dropping can make.
        return member is { } instant && Seconds(value) is { } seconds
            && Math.Abs(seconds - ((instant - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond)) < 1
                ? null
                : Mismatch(claim);
    }

    /// <summary>VC-JOSE-COSE (REC 2025-05-15) 3.1.3: nbf and exp limit the signature, whatever the credential's own dates say.</summary>
    private static (string Code, string Sentence)? SignatureDates(JsonElement payload, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        if (payload.TryGetProperty("nbf", out var notBefore) && !(Seconds(notBefore) <= seconds + 60))
        {
            return ("signature-not-yet-valid", "The signature counts only from a later date on.");
        }

        return payload.TryGetProperty("exp", out var expires) && !(Seconds(expires) > seconds)
            ? ("signature-expired", "The signature counted only until a date that has passed.")
            : null;
    }

    private static decimal? Seconds(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) ? seconds : null;

    private static (string Code, string Sentence) Missing(string claim) =>
        ("claim-missing", $"The token has no claim {claim}, which the standard demands.");

    private static (string Code, string Sentence) Mismatch(string claim) =>
        ("claim-mismatch", $"The token's claim {claim} says something else than the credential in it.");
}
