using System.Text.Json.Serialization;

namespace SkillBadges.Core.Sharing.Transfers;

[JsonConverter(typeof(EntityIdJson<TransferId>))]
public readonly record struct TransferId(string Value) : IEntityId<TransferId>
{
    public static TransferId From(string value) => new(value);

    public static TransferId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
