using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A further identifier; the kind is one of <see cref="OpenBadgeTerms.IdentifierTypes"/> or an <c>ext:</c> token.</summary>
public sealed record IdentifierEntry(string Identifier, string IdentifierType) : IJsonObject
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("type", "IdentifierEntry");
        json.Member("identifier", Identifier);
        json.Member("identifierType", IdentifierType);
        json.WriteEndObject();
    }
}
