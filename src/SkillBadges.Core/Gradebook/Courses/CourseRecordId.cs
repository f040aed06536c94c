using System.Text.Json.Serialization;

namespace SkillBadges.Core.Gradebook.Courses;

[JsonConverter(typeof(EntityIdJson<CourseRecordId>))]
public readonly record struct CourseRecordId(string Value) : IEntityId<CourseRecordId>
{
    public static CourseRecordId From(string value) => new(value);

    public static CourseRecordId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
