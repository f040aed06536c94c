using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence;

[JsonConverter(typeof(EntityIdJson<PitchId>))]
public readonly record struct PitchId(string Value) : IEntityId<PitchId>
{
    public static PitchId From(string value) => new(value);

    public static PitchId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
