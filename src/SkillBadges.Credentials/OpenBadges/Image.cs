using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>An image by its URL or <c>data:</c> URI; <see cref="Caption"/> is its text alternative.</summary>
public sealed record Image(string Id, string? Caption = null) : IJsonObject
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        // A closed object of the model: its type is one string, not an array.
        json.Member("type", "Image");
        json.Member("caption", Caption);
        json.WriteEndObject();
    }
}
