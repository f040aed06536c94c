using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Clr;

/// <summary>A Comprehensive Learner Record 2.0 before it is signed (context 2.0.1): a transcript or a transfer pack.</summary>
public sealed record ClrCredential : IJsonObject
{
    public const string Context = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public Image? Image { get; init; }

    public required Profile Issuer { get; init; }

    public required DateTimeOffset ValidFrom { get; init; }

    public DateTimeOffset? ValidUntil { get; init; }

    public DateTimeOffset? AwardedDate { get; init; }

    /// <summary>True when the publisher knows more about the learner than stands here.</summary>
    public bool? Partial { get; init; }

    public required ClrSubject CredentialSubject { get; init; }

    public IReadOnlyList<VerbatimJson> Endorsement { get; init; } = [];

    public IReadOnlyList<CredentialSchema> CredentialSchema { get; init; } = [];

    public IReadOnlyList<BitstringStatusListEntry> CredentialStatus { get; init; } = [];

    /// <summary>The unsigned record, UTF-8. Equal values give equal bytes; contained credentials keep theirs.</summary>
    /// <exception cref="ArgumentException">A text holds half a surrogate pair or U+0000, or an association type is unknown.</exception>
    public byte[] ToJson() => OpenBadgeJson.Write(this);

    public void Write(Utf8JsonWriter json)
    {
        var contexts = OpenBadgeJson.ContextFor(CredentialSchema);
        json.WriteStartObject();
        json.Members("@context", [contexts[0], Context, .. contexts.Skip(1)]);
        json.Member("id", Id);
        json.Members("type", ["VerifiableCredential", "ClrCredential"]);
        json.Member("name", Name);
        json.Member("description", Description);
        json.Member("image", Image);
        json.Member("issuer", Issuer);
        json.Member("validFrom", ValidFrom);
        json.Member("validUntil", ValidUntil);
        json.Member("awardedDate", AwardedDate);
        if (Partial is { } partial)
        {
            json.WriteBoolean("partial", partial);
        }

        json.Member("credentialSubject", CredentialSubject);
        json.Members("endorsement", Endorsement);
        json.Members("credentialSchema", CredentialSchema);
        OpenBadgeJson.Status(json, CredentialStatus);
        json.WriteEndObject();
    }
}
