using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Degrees, WGS 84.</summary>
public sealed record GeoCoordinates(decimal Latitude, decimal Longitude) : IJsonObject
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("type", "GeoCoordinates");
        json.Member("latitude", Latitude);
        json.Member("longitude", Longitude);
        json.WriteEndObject();
    }
}
