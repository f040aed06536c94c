using System.Text;
using SkillBadges.Credentials.Json;
using SkillBadges.Credentials.Clr;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What the text of the standards asks and their JSON Schemas cannot: rules that look at more than one member.</summary>
internal static class CrossMemberRules
{
    public static Action<FaultLog, TapeValue>? For(string rule) => rule switch
    {
        "AchievementCredential" or "EndorsementCredential" or "ClrCredential" or "VerifiableCredential" =>
            static (log, value) => Period(log, value, "validFrom"u8, "validUntil"u8),
        "AchievementCredentialv1p1" or "EndorsementCredentialv1p1" or "ClrCredentialv1p1" or "VerifiableCredentialv1p1" =>
            static (log, value) => Period(log, value, "issuanceDate"u8, "expirationDate"u8),
        "AchievementSubject" => AchievementSubject,
        "ClrSubject" => ClrSubject,
        "Criteria" => static (log, value) => OneOf(log, value, "id"u8, "narrative"u8, "model.criteria-empty", "Criteria need an id or a narrative."),
        "IdentityObject" => Identity,
        "CredentialStatus" => StatusEntryRules.Check,
        "EnvelopedVerifiableCredential" => Envelope,
        _ => null,
    };

    private static void AchievementSubject(FaultLog log, TapeValue value)
    {
        SubjectIsNamed(log, value);
        Period(log, value, "activityStartDate"u8, "activityEndDate"u8);
        ResultRules.Check(log, value);
    }

    private static void ClrSubject(FaultLog log, TapeValue value)
    {
        SubjectIsNamed(log, value);
        AssociationRules.Check(log, value);
    }

    private static void SubjectIsNamed(FaultLog log, TapeValue value) =>
        OneOf(log, value, "id"u8, "identifier"u8, "model.subject-unnamed", "A subject needs an id or an identifier.");

    private static void OneOf(FaultLog log, TapeValue value, ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, string code, string message)
    {
        if (!value.Find(one).Exists && value.Find(other) is not ({ Exists: true, IsArray: false } or { IsArray: true, Count: > 0 }))
        {
            log.Fault(code, message);
        }
    }

    private static void Period(FaultLog log, TapeValue value, ReadOnlySpan<byte> from, ReadOnlySpan<byte> until)
    {
        if (value.Find(until) is { IsString: true } last && DateTimeStamp.TryParse(last.Text, out var end)
            && value.Find(from) is { IsString: true } first && DateTimeStamp.TryParse(first.Text, out var start) && end < start)
        {
            var name = Encoding.UTF8.GetString(until);
            log.Enter(name);
            log.Fault("model.dates-reversed", $"{name} is before {Encoding.UTF8.GetString(from)}.");
            log.Leave();
        }
    }

    private static void Identity(FaultLog log, TapeValue value)
    {
        if (value.Find("hashed"u8).Kind != TokenKind.True || value.Find("identityHash"u8).String is not { } hash)
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

    private static void Envelope(FaultLog log, TapeValue value)
    {
        if (value.Find("id"u8).String?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) != true)
        {
            log.Enter("id");
            log.Fault("model.envelope", "An enveloped credential is a data: URL.");
            log.Leave();
        }
    }
}
