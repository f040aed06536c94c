using System.Collections.Immutable;
using System.Text.Json;

namespace SkillBadges.Credentials.StatusLists;

/// <summary>Where a credential's status stands: one entry of its <c>credentialStatus</c> (Bitstring Status List 1.0, 2.1).</summary>
/// <param name="ListUrl">statusListCredential.</param>
public sealed record StatusListEntry(string? Id, string Purpose, long Index, string ListUrl, int BitsPerEntry)
{
    public const string TypeName = "BitstringStatusListEntry";

    public const string Revocation = "revocation";
    public const string Suspension = "suspension";
    public const string Message = "message";
    public const string Refresh = "refresh";

    /// <summary>Texts by value, for purpose <c>message</c>.</summary>
    public ImmutableDictionary<int, string> Messages { get; init; } = ImmutableDictionary<int, string>.Empty;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (Id is not null)
        {
            writer.WriteString("id", Id);
        }

        writer.WriteString("type", TypeName);
        writer.WriteString("statusPurpose", Purpose);
        writer.WriteString("statusListIndex", Index.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("statusListCredential", ListUrl);
        writer.WriteEndObject();
    }

    /// <summary>
    /// One entry of a credential. A status of another type is not overlooked: it is refused as <c>status.type-unsupported</c>, for what it says is unknown.
    /// </summary>
    /// <exception cref="MalformedException">
    /// <c>status.entry-malformed</c>, <c>status.type-unsupported</c>, <c>status.index</c> or <c>status.size</c>.
    /// </exception>
    public static StatusListEntry Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw Malformed("an entry is not an object");
        }

        if (!CredentialMembers.HasType(entry, TypeName))
        {
            throw new MalformedException("status.type-unsupported", "The credential's status is kept in a way that is not supported.");
        }

        var id = CredentialMembers.Text(entry, "id");
        var purpose = CredentialMembers.Text(entry, "statusPurpose") ?? throw Malformed("an entry has no purpose");
        var listUrl = CredentialMembers.Text(entry, "statusListCredential") ?? throw Malformed("an entry names no list");
        if (entry.TryGetProperty("id", out _) && (id is null || id == listUrl))
        {
            throw Malformed("an entry's id is that of the list, or no text");
        }

        var bitsPerEntry = ReadSize(entry);
        return new StatusListEntry(id, purpose, ReadIndex(entry), listUrl, bitsPerEntry) { Messages = ReadMessages(entry, bitsPerEntry) };
    }

    /// <summary>A string of decimal digits without sign, space or leading zero; a number or any other text is no index.</summary>
    private static long ReadIndex(JsonElement entry)
    {
        var text = CredentialMembers.Text(entry, "statusListIndex");
        var isIndex = text is { Length: >= 1 and <= 18 } && text.All(char.IsAsciiDigit) && (text.Length == 1 || text[0] != '0');
        return isIndex
            ? long.Parse(text!, System.Globalization.CultureInfo.InvariantCulture)
            : throw new MalformedException("status.index", "The status entry's index is not a decimal number written as text.");
    }

    private static int ReadSize(JsonElement entry)
    {
        if (!entry.TryGetProperty("statusSize", out var size))
        {
            return 1;
        }

        return size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var bits) && bits is >= 1 and <= BitstringStatusList.MostBitsPerEntry
            ? bits
            : throw new MalformedException("status.size", $"A status takes 1 to {BitstringStatusList.MostBitsPerEntry} bits.");
    }

    private static ImmutableDictionary<int, string> ReadMessages(JsonElement entry, int bitsPerEntry)
    {
        var messages = ImmutableDictionary.CreateBuilder<int, string>();
        foreach (var message in CredentialMembers.Values(entry, "statusMessage"))
        {
            var status = CredentialMembers.Text(message, "status");
            var text = CredentialMembers.Text(message, "message");
            if (text is null || status is null || !status.StartsWith("0x", StringComparison.Ordinal)
                || !int.TryParse(status.AsSpan(2), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var value)
                || !messages.TryAdd(value, text))
            {
                throw Malformed("a message is not a hexadecimal status and a text");
            }
        }

        // REC 2.1: with more than one bit there are messages, and wherever there are, one for each value.
        return (bitsPerEntry == 1 && !entry.TryGetProperty("statusMessage", out _)) || messages.Count == 1 << bitsPerEntry
            ? messages.ToImmutable()
            : throw Malformed("there is not one message for each value");
    }

    private static MalformedException Malformed(string why) => new("status.entry-malformed", $"The credential's status cannot be read: {why}.");
}
