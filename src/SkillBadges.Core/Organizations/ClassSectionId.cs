using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations;

[JsonConverter(typeof(EntityIdJson<ClassSectionId>))]
public readonly record struct ClassSectionId(string Value) : IEntityId<ClassSectionId>
{
    public static ClassSectionId From(string value) => new(value);

    public static ClassSectionId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
