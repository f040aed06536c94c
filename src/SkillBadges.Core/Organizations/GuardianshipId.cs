using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations;

[JsonConverter(typeof(EntityIdJson<GuardianshipId>))]
public readonly record struct GuardianshipId(string Value) : IEntityId<GuardianshipId>
{
    public static GuardianshipId From(string value) => new(value);

    public static GuardianshipId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
