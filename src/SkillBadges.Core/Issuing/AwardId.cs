using System.Text.Json.Serialization;

namespace SkillBadges.Core.Issuing;

[JsonConverter(typeof(EntityIdJson<AwardId>))]
public readonly record struct AwardId(string Value) : IEntityId<AwardId>
{
    public static AwardId From(string value) => new(value);

    public static AwardId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
