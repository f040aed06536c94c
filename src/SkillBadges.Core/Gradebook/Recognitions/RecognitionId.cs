using System.Text.Json.Serialization;

namespace SkillBadges.Core.Gradebook.Recognitions;

[JsonConverter(typeof(EntityIdJson<RecognitionId>))]
public readonly record struct RecognitionId(string Value) : IEntityId<RecognitionId>
{
    public static RecognitionId From(string value) => new(value);

    public static RecognitionId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
