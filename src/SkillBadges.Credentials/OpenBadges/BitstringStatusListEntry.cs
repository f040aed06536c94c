using System.Globalization;
using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Where the status of a credential is read (Bitstring Status List, REC 2025-05-15, 2.1).</summary>
public sealed record BitstringStatusListEntry : IJsonObject
{
    /// <summary>Names the entry; must not be the list's URL.</summary>
    public string? Id { get; init; }

    /// <summary>Such as <c>revocation</c> or <c>suspension</c>.</summary>
    public required string StatusPurpose { get; init; }

    /// <summary>From 0; written as text, as the standard asks.</summary>
    public required long StatusListIndex { get; init; }

    /// <summary>URL of the list's credential.</summary>
    public required string StatusListCredential { get; init; }

    /// <summary>Bits an entry; 1 is not written.</summary>
    public int StatusSize { get; init; } = 1;

    /// <summary>Meaning of each value, <c>0x0</c> first; needed when an entry has more than one bit.</summary>
    public IReadOnlyList<StatusMessage> StatusMessage { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Member("type", "BitstringStatusListEntry");
        json.Member("statusPurpose", StatusPurpose);
        json.Member("statusListIndex", StatusListIndex.ToString(CultureInfo.InvariantCulture));
        json.Member("statusListCredential", StatusListCredential);
        if (StatusSize != 1)
        {
            json.WriteNumber("statusSize", StatusSize);
        }

        json.Members("statusMessage", StatusMessage);
        json.WriteEndObject();
    }
}
