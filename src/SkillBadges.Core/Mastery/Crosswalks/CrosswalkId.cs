using System.Text.Json.Serialization;

namespace SkillBadges.Core.Mastery.Crosswalks;

[JsonConverter(typeof(EntityIdJson<CrosswalkId>))]
public readonly record struct CrosswalkId(string Value) : IEntityId<CrosswalkId>
{
    public static CrosswalkId From(string value) => new(value);

    public static CrosswalkId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
