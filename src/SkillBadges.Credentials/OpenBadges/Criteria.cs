using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What has to be shown to earn an achievement: a page, a Markdown narrative, or both; one of the two is needed.</summary>
public sealed record Criteria : IJsonObject
{
    public string? Id { get; init; }

    /// <summary>Markdown.</summary>
    public string? Narrative { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Member("narrative", Narrative);
        json.WriteEndObject();
    }
}
