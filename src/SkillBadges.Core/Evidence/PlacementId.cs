using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence;

[JsonConverter(typeof(EntityIdJson<PlacementId>))]
public readonly record struct PlacementId(string Value) : IEntityId<PlacementId>
{
    public static PlacementId From(string value) => new(value);

    public static PlacementId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
