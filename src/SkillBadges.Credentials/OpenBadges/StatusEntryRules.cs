using System.Globalization;
using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Bitstring Status List (REC 2025-05-15) 2.1: the form of an entry. What the list says is read elsewhere.</summary>
internal static class StatusEntryRules
{
    public static void Check(FaultLog log, JsonElement entry)
    {
        if (!CredentialMembers.HasType(entry, "BitstringStatusListEntry"))
        {
            return;
        }

        if (CredentialMembers.Text(entry, "statusPurpose") is not { Length: > 0 } purpose || purpose.Contains('\0', StringComparison.Ordinal))
        {
            Fault(log, "statusPurpose", "statusPurpose is text and needed.");
        }

        if (!ulong.TryParse(CredentialMembers.Text(entry, "statusListIndex"), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            Fault(log, "statusListIndex", "statusListIndex is a whole number of 0 or more, written as text.");
        }

        var list = CredentialMembers.Text(entry, "statusListCredential");
        if (list is null || !ValueForms.IsAbsoluteUri(list))
        {
            Fault(log, "statusListCredential", "statusListCredential is the URL of the list.");
        }
        else if (CredentialMembers.Text(entry, "id") == list)
        {
            Fault(log, "id", "An entry's id is not the URL of its list.");
        }

        var size = 1;
        if (entry.TryGetProperty("statusSize", out var value) && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out size) || size < 1))
        {
            Fault(log, "statusSize", "statusSize is a whole number above 0.");
            return;
        }

        var messages = entry.TryGetProperty("statusMessage", out var meaning) && meaning.ValueKind == JsonValueKind.Array ? meaning.GetArrayLength() : 0;
        if ((size > 1 || messages > 0) && (size > 16 || messages != 1 << size))
        {
            Fault(log, "statusMessage", "statusMessage gives each value its meaning: 2 to the power of statusSize of them.");
        }
    }

    private static void Fault(FaultLog log, string member, string message)
    {
        log.Enter(member);
        log.Fault("model.status-entry", message);
        log.Leave();
    }
}
