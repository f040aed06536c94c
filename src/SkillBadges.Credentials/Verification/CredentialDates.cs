using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>From when and until when a credential counts; VC Data Model 1.1, which is still about, has other names for both.</summary>
internal static class CredentialDates
{
    private static readonly string[] Names = ["validFrom", "validUntil", "issuanceDate", "expirationDate"];

    internal static DateTimeOffset? ValidFrom(JsonElement credential) =>
        CredentialMembers.Instant(credential, "validFrom") ?? CredentialMembers.Instant(credential, "issuanceDate");

    internal static DateTimeOffset? ValidUntil(JsonElement credential) =>
        CredentialMembers.Instant(credential, "validUntil") ?? CredentialMembers.Instant(credential, "expirationDate");

    /// <summary>True when a date is there that cannot be read: it must not count as "no limit".</summary>
    internal static bool AnyUnreadable(JsonElement credential) =>
        Names.Any(name => credential.TryGetProperty(name, out _) && CredentialMembers.Instant(credential, name) is null);
}
