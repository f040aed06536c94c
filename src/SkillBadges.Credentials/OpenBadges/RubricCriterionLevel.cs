using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>One level of a rubric. <see cref="Level"/> and <see cref="Points"/> are text in the standard.</summary>
public sealed record RubricCriterionLevel : IJsonObject
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Level { get; init; }

    public string? Points { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<Alignment> Alignment { get; init; } = [];

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("id", Id);
        json.Members("type", ["RubricCriterionLevel"]);
        json.Member("name", Name);
        json.Member("level", Level);
        json.Member("points", Points);
        json.Member("description", Description);
        json.Members("alignment", Alignment);
        json.WriteEndObject();
    }
}
