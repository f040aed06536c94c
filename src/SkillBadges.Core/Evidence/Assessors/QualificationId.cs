using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Assessors;

[JsonConverter(typeof(EntityIdJson<QualificationId>))]
public readonly record struct QualificationId(string Value) : IEntityId<QualificationId>
{
    public static QualificationId From(string value) => new(value);

    public static QualificationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
