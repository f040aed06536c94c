using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// An issuer, a creator, or the organization that assessed. The standard also has members for a person's name parts and birth date; they are
/// left out on purpose, since nothing here may publish them.
/// </summary>
public sealed record Profile : IJsonObject
{
    /// <summary>The DID or URL that the proof's key must belong to.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Url { get; init; }

    public string? Description { get; init; }

    public Image? Image { get; init; }

    public string? Phone { get; init; }

    /// <summary>An organization's address, never a learner's.</summary>
    public string? Email { get; init; }

    public Address? Address { get; init; }

    public string? Official { get; init; }

    public Profile? ParentOrg { get; init; }

    public IReadOnlyList<IdentifierEntry> OtherIdentifier { get; init; } = [];

    /// <summary>Endorsements, each signed by its own issuer.</summary>
    public IReadOnlyList<VerbatimJson> Endorsement { get; init; } = [];

    /// <summary>Only for credentials that travel as JWT: most verifiers lack this term in their OB context.</summary>
    public IReadOnlyList<string> EndorsementJwt { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["Profile"]);
        json.Member("name", Name);
        json.Member("url", Url);
        json.Member("description", Description);
        json.Member("image", Image);
        json.Member("phone", Phone);
        json.Member("email", Email);
        json.Member("address", Address);
        json.Member("official", Official);
        json.Member("parentOrg", ParentOrg);
        json.Members("otherIdentifier", OtherIdentifier);
        json.Members("endorsement", Endorsement);
        json.Members("endorsementJwt", EndorsementJwt);
        json.WriteEndObject();
    }
}
