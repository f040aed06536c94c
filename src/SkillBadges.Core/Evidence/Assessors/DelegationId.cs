using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Assessors;

[JsonConverter(typeof(EntityIdJson<DelegationId>))]
public readonly record struct DelegationId(string Value) : IEntityId<DelegationId>
{
    public static DelegationId From(string value) => new(value);

    public static DelegationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
