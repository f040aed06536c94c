using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Another achievement that belongs with this one, such as the same badge in another language or an earlier version.</summary>
public sealed record Related(string Id) : IJsonObject
{
    public string? InLanguage { get; init; }

    public string? Version { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["Related"]);
        json.Member("inLanguage", InLanguage);
        json.Member("version", Version);
        json.WriteEndObject();
    }
}
