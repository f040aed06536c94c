using System.Buffers.Text;
using System.Globalization;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Bitstring Status List (REC 2025-05-15) 2.1: the form of an entry. What the list says is read elsewhere.</summary>
internal static class StatusEntryRules
{
    public static void Check(FaultLog log, TapeValue entry)
    {
        if (!entry.Find("type"u8).Holds("BitstringStatusListEntry"u8))
        {
            return;
        }

        if (entry.Find("statusPurpose"u8) is not { IsString: true } purpose || purpose.Text.IsEmpty || purpose.Text.Contains((byte)0))
        {
            Fault(log, "statusPurpose", "statusPurpose is text and needed.");
        }

        if (entry.Find("statusListIndex"u8) is not { IsString: true } index || !ulong.TryParse(index.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            Fault(log, "statusListIndex", "statusListIndex is a whole number of 0 or more, written as text.");
        }

        if (entry.Find("statusListCredential"u8) is not { IsString: true } list || !ValueForms.IsAbsoluteUri(list.Text))
        {
            Fault(log, "statusListCredential", "statusListCredential is the URL of the list.");
        }
        else if (entry.Find("id"u8).Is(list.Text))
        {
            Fault(log, "id", "An entry's id is not the URL of its list.");
        }

        var size = 1;
        if (entry.Find("statusSize"u8) is { Exists: true } value && (!IsWholeNumber(value, out size) || size < 1))
        {
            Fault(log, "statusSize", "statusSize is a whole number above 0.");
            return;
        }

        var messages = entry.Find("statusMessage"u8) is { IsArray: true } meaning ? meaning.Count : 0;
        if ((size > 1 || messages > 0) && (size > 16 || messages != 1 << size))
        {
            Fault(log, "statusMessage", "statusMessage gives each value its meaning: 2 to the power of statusSize of them.");
        }
    }

    private static bool IsWholeNumber(TapeValue value, out int number)
    {
        number = 0;
        return value.Kind == TokenKind.Number && Utf8Parser.TryParse(value.Text, out number, out var read) && read == value.Text.Length;
    }

    private static void Fault(FaultLog log, string member, string message)
    {
        log.Enter(member);
        log.Fault("model.status-entry", message);
        log.Leave();
    }
}
