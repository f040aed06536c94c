using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations;

[JsonConverter(typeof(EntityIdJson<MembershipId>))]
public readonly record struct MembershipId(string Value) : IEntityId<MembershipId>
{
    public static MembershipId From(string value) => new(value);

    public static MembershipId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
