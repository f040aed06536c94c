using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Together;

[JsonConverter(typeof(EntityIdJson<TeamWorkId>))]
public readonly record struct TeamWorkId(string Value) : IEntityId<TeamWorkId>
{
    public static TeamWorkId From(string value) => new(value);

    public static TeamWorkId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
