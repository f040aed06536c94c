using System.Text.Json;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What the text of the standards asks and their JSON Schemas cannot: rules that look at more than one member.</summary>
internal static class CrossMemberRules
{
    public static void Check(ShapeCheck check, ObjectRule rule, JsonElement value)
    {
        switch (rule.Name)
        {
            case "AchievementCredential" or "EndorsementCredential" or "ClrCredential" or "VerifiableCredential":
                Period(check, value, "validFrom", "validUntil");
                break;
            case "AchievementCredentialv1p1" or "EndorsementCredentialv1p1" or "ClrCredentialv1p1" or "VerifiableCredentialv1p1":
                Period(check, value, "issuanceDate", "expirationDate");
                break;
            case "AchievementSubject":
                OneOf(check, value, "id", "identifier", "model.subject-unnamed", "A subject needs an id or an identifier.");
                Period(check, value, "activityStartDate", "activityEndDate");
                ResultRules.Check(check, value);
                break;
            case "ClrSubject":
                OneOf(check, value, "id", "identifier", "model.subject-unnamed", "A subject needs an id or an identifier.");
                AssociationRules.Check(check, value);
                break;
            case "Criteria":
                OneOf(check, value, "id", "narrative", "model.criteria-empty", "Criteria need an id or a narrative.");
                break;
            case "IdentityObject":
                Identity(check, value);
                break;
            case "CredentialStatus" when CredentialMembers.HasType(value, "BitstringStatusListEntry"):
                StatusEntryRules.Check(check, value);
                break;
            case "EnvelopedVerifiableCredential":
                Envelope(check, value);
                break;
        }
    }

    private static void OneOf(ShapeCheck check, JsonElement value, string one, string other, string code, string message)
    {
        if (!value.TryGetProperty(one, out _) && !(value.TryGetProperty(other, out var found) && !(found.ValueKind == JsonValueKind.Array && found.GetArrayLength() == 0)))
        {
            check.Fault(code, message);
        }
    }

    private static void Period(ShapeCheck check, JsonElement value, string from, string until)
    {
        if (CredentialMembers.Instant(value, from) is { } start && CredentialMembers.Instant(value, until) is { } end && end < start)
        {
            check.Enter(until);
            check.Fault("model.dates-reversed", $"{until} is before {from}.");
            check.Leave();
        }
    }

    private static void Identity(ShapeCheck check, JsonElement value)
    {
        if (!value.TryGetProperty("hashed", out var hashed) || hashed.ValueKind != JsonValueKind.True || CredentialMembers.Text(value, "identityHash") is not { } hash)
        {
            return;
        }

        check.Enter("identityHash");
        if (!ValueForms.IsIdentityHash(hash, out var weak))
        {
            check.Fault("model.identity-hash", "A hashed identity is sha256$ and 64 hex digits.");
        }
        else if (weak)
        {
            check.Note("model.identity-hash", "MD5 is too weak to say who somebody is.");
        }

        check.Leave();
    }

    private static void Envelope(ShapeCheck check, JsonElement value)
    {
        if (CredentialMembers.Text(value, "id")?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) != true)
        {
            check.Enter("id");
            check.Fault("model.envelope", "An enveloped credential is a data: URL.");
            check.Leave();
        }
    }
}
