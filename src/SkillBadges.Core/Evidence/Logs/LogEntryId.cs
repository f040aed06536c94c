using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Logs;

[JsonConverter(typeof(EntityIdJson<LogEntryId>))]
public readonly record struct LogEntryId(string Value) : IEntityId<LogEntryId>
{
    public static LogEntryId From(string value) => new(value);

    public static LogEntryId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
