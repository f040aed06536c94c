using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Support;

[JsonConverter(typeof(EntityIdJson<AccommodationId>))]
public readonly record struct AccommodationId(string Value) : IEntityId<AccommodationId>
{
    public static AccommodationId From(string value) => new(value);

    public static AccommodationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
