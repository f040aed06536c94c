using System.Text.Json;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What the text of the standards asks and their JSON Schemas cannot: rules that look at more than one member.</summary>
internal static class CrossMemberRules
{
    public static Action<FaultLog, JsonElement>? For(string rule) => rule switch
    {
        "AchievementCredential" or "EndorsementCredential" or "ClrCredential" or "VerifiableCredential" =>
            static (log, value) => Period(log, value, "validFrom", "validUntil"),
        "AchievementCredentialv1p1" or "EndorsementCredentialv1p1" or "ClrCredentialv1p1" or "VerifiableCredentialv1p1" =>
            static (log, value) => Period(log, value, "issuanceDate", "expirationDate"),
        "AchievementSubject" => AchievementSubject,
        "ClrSubject" => ClrSubject,
        "Criteria" => static (log, value) => OneOf(log, value, "id", "narrative", "model.criteria-empty", "Criteria need an id or a narrative."),
        "IdentityObject" => Identity,
        "CredentialStatus" => StatusEntryRules.Check,
        "EnvelopedVerifiableCredential" => Envelope,
        _ => null,
    };

    private static void AchievementSubject(FaultLog log, JsonElement value)
    {
        SubjectIsNamed(log, value);
        Period(log, value, "activityStartDate", "activityEndDate");
        ResultRules.Check(log, value);
    }

    private static void ClrSubject(FaultLog log, JsonElement value)
    {
        SubjectIsNamed(log, value);
        AssociationRules.Check(log, value);
    }

    private static void SubjectIsNamed(FaultLog log, JsonElement value) =>
        OneOf(log, value, "id", "identifier", "model.subject-unnamed", "A subject needs an id or an identifier.");

    private static void OneOf(FaultLog log, JsonElement value, string one, string other, string code, string message)
    {
        if (!value.TryGetProperty(one, out _) && !(value.TryGetProperty(other, out var found) && !(found.ValueKind == JsonValueKind.Array && found.GetArrayLength() == 0)))
        {
            log.Fault(code, message);
        }
    }

    private static void Period(FaultLog log, JsonElement value, string from, string until)
    {
        if (CredentialMembers.Instant(value, from) is { } start && CredentialMembers.Instant(value, until) is { } end && end < start)
        {
            log.Enter(until);
            log.Fault("model.dates-reversed", $"{until} is before {from}.");
            log.Leave();
        }
    }

    private static void Identity(FaultLog log, JsonElement value)
    {
        if (!value.TryGetProperty("hashed", out var hashed) || hashed.ValueKind != JsonValueKind.True || CredentialMembers.Text(value, "identityHash") is not { } hash)
        {
            return;
        }

        log.Enter("identityHash");
        if (!ValueForms.IsIdentityHash(hash, out var weak))
        {
            log.Fault("model.identity-hash", "A hashed identity is sha256$ and 64 hex digits.");
        }
        else if (weak)
        {
            log.Note("model.identity-hash", "MD5 is too weak to say who somebody is.");
        }

        log.Leave();
    }

    private static void Envelope(FaultLog log, JsonElement value)
    {
        if (CredentialMembers.Text(value, "id")?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) != true)
        {
            log.Enter("id");
            log.Fault("model.envelope", "An enveloped credential is a data: URL.");
            log.Leave();
        }
    }
}
