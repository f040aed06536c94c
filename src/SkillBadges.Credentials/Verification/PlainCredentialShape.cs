using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// What every credential has, for those that are neither badges nor learner records, such as status lists (VC Data Model 2.0,
/// REC 2025-05-15, 4.3 to 4.8).
/// </summary>
internal static class PlainCredentialShape
{
    private const string Version2 = "https://www.w3.org/ns/credentials/v2";
    private const string Version1 = "https://www.w3.org/2018/credentials/v1";

    /// <summary>What is wrong, as a code and a sentence; null when nothing is.</summary>
    internal static (string Code, string Sentence)? Fault(JsonElement credential)
    {
        var context = CredentialMembers.Values(credential, "@context").FirstOrDefault();
        if (context.ValueKind != JsonValueKind.String || !(context.ValueEquals(Version2) || context.ValueEquals(Version1)))
        {
            return ("shape-context", "Its first context is not that of verifiable credentials.");
        }

        if (!CredentialMembers.HasType(credential, "VerifiableCredential"))
        {
            return ("shape-type", "It does not say that it is a verifiable credential.");
        }

        if (CredentialMembers.IssuerId(credential) is not { } issuer || !Uri.TryCreate(issuer, UriKind.Absolute, out _))
        {
            return ("shape-issuer", "It names no issuer.");
        }

        if (credential.TryGetProperty("id", out _) && !Uri.TryCreate(CredentialMembers.Text(credential, "id"), UriKind.Absolute, out _))
        {
            return ("shape-id", "Its id is no address or name.");
        }

        var subjects = CredentialMembers.Values(credential, "credentialSubject").ToList();
        return subjects.Count == 0 || subjects.Any(subject => subject.ValueKind != JsonValueKind.Object || !subject.EnumerateObject().Any())
            ? ("shape-subject", "It says nothing about anyone.")
            : null;
    }
}
