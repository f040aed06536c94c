using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>Who achieved what, and how well. An id or an identifier is needed.</summary>
public sealed record AchievementSubject : IJsonObject
{
    /// <summary>An opaque id, such as a <c>urn:uuid:</c> or the holder's DID; never an e-mail address or a student number.</summary>
    public string? Id { get; init; }

    public required Achievement Achievement { get; init; }

    public IReadOnlyList<IdentityObject> Identifier { get; init; } = [];

    public IReadOnlyList<Result> Result { get; init; } = [];

    /// <summary>The organization that assessed on the issuer's behalf.</summary>
    public Profile? Source { get; init; }

    public DateTimeOffset? ActivityStartDate { get; init; }

    public DateTimeOffset? ActivityEndDate { get; init; }

    public decimal? CreditsEarned { get; init; }

    public Image? Image { get; init; }

    public string? LicenseNumber { get; init; }

    /// <summary>Markdown.</summary>
    public string? Narrative { get; init; }

    public string? Role { get; init; }

    public string? Term { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["AchievementSubject"]);
        json.Members("identifier", Identifier);
        json.Member("activityStartDate", ActivityStartDate);
        json.Member("activityEndDate", ActivityEndDate);
        json.Member("creditsEarned", CreditsEarned);
        json.Member("image", Image);
        json.Member("licenseNumber", LicenseNumber);
        json.Member("narrative", Narrative);
        json.Member("role", Role);
        json.Member("source", Source);
        json.Member("term", Term);
        json.Member("achievement", Achievement);
        json.Members("result", Result);
        json.WriteEndObject();
    }
}
