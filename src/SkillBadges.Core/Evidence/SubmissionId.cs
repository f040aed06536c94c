using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence;

[JsonConverter(typeof(EntityIdJson<SubmissionId>))]
public readonly record struct SubmissionId(string Value) : IEntityId<SubmissionId>
{
    public static SubmissionId From(string value) => new(value);

    public static SubmissionId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
