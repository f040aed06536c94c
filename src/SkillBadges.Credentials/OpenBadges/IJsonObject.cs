using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A value of the model that writes itself as one JSON value, its members in a fixed order.</summary>
public interface IJsonObject
{
    void Write(Utf8JsonWriter json);
}
