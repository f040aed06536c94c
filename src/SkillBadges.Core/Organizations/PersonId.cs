using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations;

[JsonConverter(typeof(EntityIdJson<PersonId>))]
public readonly record struct PersonId(string Value) : IEntityId<PersonId>
{
    public static PersonId From(string value) => new(value);

    public static PersonId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
