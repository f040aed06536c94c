using System.Text.Json;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// What every credential has, for those that are neither badges nor learner records, such as status lists (VC Data Model 2.0,
/// REC 2025-05-15, 4.3 to 4.8).
/// </summary>
internal static class PlainCredentialShape
{
    /// <summary>What is wrong, as a code and a sentence; null when nothing is.</summary>
    internal static (string Code, string Sentence)? Fault(JsonElement credential)
    {
        if (!DataModelMembers.IsContext(credential))
        {
            return ("shape-context", "Its first context is not that of verifiable credentials, or a further one is neither an address nor an object.");
        }

        if (!CredentialMembers.HasType(credential, "VerifiableCredential") || !DataModelMembers.HasOnlyTexts(credential, "type"))
        {
            return ("shape-type", "It does not say that it is a verifiable credential.");
        }

        if (!credential.TryGetProperty("issuer", out var issuer) || !DataModelMembers.IsParty(issuer))
        {
            return ("shape-issuer", "It names no issuer.");
        }

        if (!DataModelMembers.IsIdentifiedWell(credential))
        {
            return ("shape-id", "Its id is no address or name.");
        }

        var subjects = CredentialMembers.Values(credential, "credentialSubject").ToList();
        if (subjects.Count == 0 || subjects.Any(subject => subject.ValueKind != JsonValueKind.Object || !subject.EnumerateObject().Any() || !DataModelMembers.IsIdentifiedWell(subject)))
        {
            return ("shape-subject", "It says nothing about anyone, or the id of whom it is about is no address or name.");
        }

        return DataModelMembers.Fault(credential) is { } member ? ("shape-member", $"Its member {member} is not as the data model demands.") : null;
    }

    /// <summary>The same for a presentation (4.13).</summary>
    internal static (string Code, string Sentence)? PresentationFault(JsonElement presentation)
    {
        if (!DataModelMembers.IsContext(presentation))
        {
            return ("shape-context", "Its first context is not that of verifiable presentations, or a further one is neither an address nor an object.");
        }

        if (!DataModelMembers.HasOnlyTexts(presentation, "type"))
        {
            return ("shape-type", "One of its types is not a text.");
        }

        if (!DataModelMembers.IsIdentifiedWell(presentation))
        {
            return ("shape-id", "Its id is no address or name.");
        }

        if (presentation.TryGetProperty("holder", out var holder) && !DataModelMembers.IsParty(holder))
        {
            return ("shape-holder", "Its holder is no address or name.");
        }

        if (DataModelMembers.Untyped(presentation) is { } member)
        {
            return ("shape-member", $"Its member {member} is not as the data model demands.");
        }

        // Version 1.1 had tokens stand there as texts; version 2.0 has envelopes for them.
        var takesTexts = !DataModelMembers.IsVersion2(presentation);
        return CredentialMembers.Values(presentation, "verifiableCredential").All(credential => credential.ValueKind == JsonValueKind.Object || (takesTexts && credential.ValueKind == JsonValueKind.String))
            ? null
            : ("shape-credentials", "Something in it is neither a credential nor an envelope around one.");
    }
}
