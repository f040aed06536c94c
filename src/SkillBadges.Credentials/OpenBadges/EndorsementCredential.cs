using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>A signed good word about an achievement, a profile or a credential. Its name is required, unlike that of a badge.</summary>
public sealed record EndorsementCredential : IJsonObject
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required Profile Issuer { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public DateTimeOffset? AwardedDate { get; init; }

    public required EndorsementSubject CredentialSubject { get; init; }

    public IReadOnlyList<CredentialSchema> CredentialSchema { get; init; } = [];

    public IReadOnlyList<BitstringStatusListEntry> CredentialStatus { get; init; } = [];

    /// <summary>The unsigned credential, UTF-8.</summary>
    public byte[] ToJson() => OpenBadgeJson.Write(this);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Members("@context", OpenBadgeJson.ContextFor(CredentialSchema));
        json.Member("id", Id);
        json.Members("type", ["VerifiableCredential", "EndorsementCredential"]);
        json.Member("name", Name);
        json.Member("description", Description);
        json.Member("issuer", Issuer);
        json.Member("validFrom", ValidFrom);
        json.Member("validUntil", ValidUntil);
        json.Member("awardedDate", AwardedDate);
        json.Member("credentialSubject", CredentialSubject);
        json.Members("credentialSchema", CredentialSchema);
        OpenBadgeJson.Status(json, CredentialStatus);
        json.WriteEndObject();
    }
}
