using System.Text.Json.Serialization;

namespace SkillBadges.Core.Sharing.Consents;

[JsonConverter(typeof(EntityIdJson<ConsentId>))]
public readonly record struct ConsentId(string Value) : IEntityId<ConsentId>
{
    public static ConsentId From(string value) => new(value);

    public static ConsentId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
