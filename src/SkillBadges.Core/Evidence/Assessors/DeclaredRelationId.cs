using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Assessors;

[JsonConverter(typeof(EntityIdJson<DeclaredRelationId>))]
public readonly record struct DeclaredRelationId(string Value) : IEntityId<DeclaredRelationId>
{
    public static DeclaredRelationId From(string value) => new(value);

    public static DeclaredRelationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
