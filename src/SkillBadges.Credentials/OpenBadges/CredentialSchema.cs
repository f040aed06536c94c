using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A JSON Schema that the credential follows.</summary>
public sealed record CredentialSchema(string Id, string Type = CredentialSchema.JsonSchemaValidator) : IJsonObject
{
    public const string JsonSchemaValidator = "1EdTechJsonSchemaValidator2019";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Member("type", Type);
        json.WriteEndObject();
    }
}
