using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What was reached: <see cref="ResultDescription"/> and <see cref="AchievedLevel"/> are ids inside the asserted achievement.</summary>
public sealed record Result : IJsonObject
{
    public string? ResultDescription { get; init; }

    public string? AchievedLevel { get; init; }

    public string? Value { get; init; }

    /// <summary>One of <see cref="OpenBadgeTerms.ResultStatuses"/>.</summary>
    public string? Status { get; init; }

    public IReadOnlyList<Alignment> Alignment { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Members("type", ["Result"]);
        json.Member("resultDescription", ResultDescription);
        json.Member("achievedLevel", AchievedLevel);
        json.Member("value", Value);
        json.Member("status", Status);
        json.Members("alignment", Alignment);
        json.WriteEndObject();
    }
}
