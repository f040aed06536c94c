using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>An Open Badges 3.0 credential before it is signed (final, 2024-05; context 3.0.3).</summary>
public sealed record AchievementCredential : IJsonObject
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public Image? Image { get; init; }

    public required Profile Issuer { get; init; }

    /// <summary>When this credential starts to hold; a newer one replaces an older one with the same issuer and id.</summary>
    public required DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The day of the award; stays when the credential is issued again.</summary>
    public DateTimeOffset? AwardedDate { get; init; }

    public required AchievementSubject CredentialSubject { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Endorsements, each signed by its own issuer.</summary>
    public IReadOnlyList<VerbatimJson> Endorsement { get; init; } = [];

    /// <summary>Only for credentials that travel as JWT: most verifiers lack this term in their OB context.</summary>
    public IReadOnlyList<string> EndorsementJwt { get; init; } = [];

    public IReadOnlyList<CredentialSchema> CredentialSchema { get; init; } = [];

    public IReadOnlyList<BitstringStatusListEntry> CredentialStatus { get; init; } = [];

    /// <summary>The unsigned credential, UTF-8. Equal values give equal bytes.</summary>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair or U+0000.</exception>
    public byte[] ToJson() => OpenBadgeJson.Write(this);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Members("@context", OpenBadgeJson.ContextFor(CredentialSchema));
        json.Member("id", Id);
        json.Members("type", ["VerifiableCredential", "OpenBadgeCredential"]);
        json.Member("name", Name);
        json.Member("description", Description);
        json.Member("image", Image);
        json.Member("issuer", Issuer);
        json.Member("validFrom", ValidFrom);
        json.Member("validUntil", ValidUntil);
        json.Member("awardedDate", AwardedDate);
        json.Member("credentialSubject", CredentialSubject);
        json.Members("evidence", Evidence);
        json.Members("endorsement", Endorsement);
        json.Members("endorsementJwt", EndorsementJwt);
        json.Members("credentialSchema", CredentialSchema);
        OpenBadgeJson.Status(json, CredentialStatus);
        json.WriteEndObject();
    }
}
