using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What one value of a status entry means; <paramref name="Status"/> is hexadecimal, such as <c>0x2</c>.</summary>
public sealed record StatusMessage(string Status, string Message) : IJsonObject
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("status", Status);
        json.Member("message", Message);
        json.WriteEndObject();
    }
}
