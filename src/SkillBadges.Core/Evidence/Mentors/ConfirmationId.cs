using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Mentors;

[JsonConverter(typeof(EntityIdJson<ConfirmationId>))]
public readonly record struct ConfirmationId(string Value) : IEntityId<ConfirmationId>
{
    public static ConfirmationId From(string value) => new(value);

    public static ConfirmationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
