using System.Text.Json.Serialization;

namespace SkillBadges.Core.Notices;

[JsonConverter(typeof(EntityIdJson<NoticeId>))]
public readonly record struct NoticeId(string Value) : IEntityId<NoticeId>
{
    public static NoticeId From(string value) => new(value);

    public static NoticeId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
