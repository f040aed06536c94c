using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>What a result of the achievement can be; one per competency here, with the levels of its rubric.</summary>
public sealed record ResultDescription : IJsonObject
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>One of <see cref="OpenBadgeTerms.ResultTypes"/> or an <c>ext:</c> token.</summary>
    public required string ResultType { get; init; }

    /// <summary>Lowest first; the order counts.</summary>
    public IReadOnlyList<string> AllowedValue { get; init; } = [];

    /// <summary>Lowest first.</summary>
    public IReadOnlyList<RubricCriterionLevel> RubricCriterionLevel { get; init; } = [];

    /// <summary>The id of the level that is needed.</summary>
    public string? RequiredLevel { get; init; }

    public string? RequiredValue { get; init; }

    public string? ValueMin { get; init; }

    public string? ValueMax { get; init; }

    public IReadOnlyList<Alignment> Alignment { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["ResultDescription"]);
        json.Member("name", Name);
        json.Member("resultType", ResultType);
        json.Members("allowedValue", AllowedValue);
        json.Members("rubricCriterionLevel", RubricCriterionLevel);
        json.Member("requiredLevel", RequiredLevel);
        json.Member("requiredValue", RequiredValue);
        json.Member("valueMin", ValueMin);
        json.Member("valueMax", ValueMax);
        json.Members("alignment", Alignment);
        json.WriteEndObject();
    }
}
