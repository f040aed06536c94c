using System.Text.Json.Serialization;

namespace SkillBadges.Core.Organizations;

[JsonConverter(typeof(EntityIdJson<OrganizationId>))]
public readonly record struct OrganizationId(string Value) : IEntityId<OrganizationId>
{
    public static OrganizationId From(string value) => new(value);

    public static OrganizationId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
