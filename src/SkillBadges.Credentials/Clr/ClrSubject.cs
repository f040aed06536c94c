using System.Text.Json;
using SkillBadges.Credentials.OpenBadges;

namespace SkillBadges.Credentials.Clr;

/// <summary>The learner and what the record holds about them. An id or an identifier is needed, and at least one credential.</summary>
public sealed record ClrSubject : IJsonObject
{
    public string? Id { get; init; }

    public IReadOnlyList<IdentityObject> Identifier { get; init; } = [];

    /// <summary>Achievements that the associations name and that no contained credential asserts.</summary>
    public IReadOnlyList<Achievement> Achievement { get; init; } = [];

    /// <summary>One or more, each still signed by its own issuer.</summary>
    public required IReadOnlyList<InnerCredential> VerifiableCredential { get; init; }

    public IReadOnlyList<Association> Association { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["ClrSubject"]);
        json.Members("identifier", Identifier);
        json.Members("achievement", Achievement);
        json.Members("verifiableCredential", VerifiableCredential);
        json.Members("association", Association);
        json.WriteEndObject();
    }
}
