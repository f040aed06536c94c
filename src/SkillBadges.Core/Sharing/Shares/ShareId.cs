using System.Text.Json.Serialization;

namespace SkillBadges.Core.Sharing.Shares;

[JsonConverter(typeof(EntityIdJson<ShareId>))]
public readonly record struct ShareId(string Value) : IEntityId<ShareId>
{
    public static ShareId From(string value) => new(value);

    public static ShareId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
