using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Assessors;

[JsonConverter(typeof(EntityIdJson<StandingAssignmentId>))]
public readonly record struct StandingAssignmentId(string Value) : IEntityId<StandingAssignmentId>
{
    public static StandingAssignmentId From(string value) => new(value);

    public static StandingAssignmentId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
