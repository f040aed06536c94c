using System.Text.Json.Serialization;

namespace SkillBadges.Core.Definitions.Articulations;

[JsonConverter(typeof(EntityIdJson<ArticulationId>))]
public readonly record struct ArticulationId(string Value) : IEntityId<ArticulationId>
{
    public static ArticulationId From(string value) => new(value);

    public static ArticulationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
