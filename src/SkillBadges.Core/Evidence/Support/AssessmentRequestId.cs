using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Support;

[JsonConverter(typeof(EntityIdJson<AssessmentRequestId>))]
public readonly record struct AssessmentRequestId(string Value) : IEntityId<AssessmentRequestId>
{
    public static AssessmentRequestId From(string value) => new(value);

    public static AssessmentRequestId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
