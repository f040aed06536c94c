using System.Text.Json.Serialization;

namespace SkillBadges.Core.Sharing.Statements;

[JsonConverter(typeof(EntityIdJson<StatementId>))]
public readonly record struct StatementId(string Value) : IEntityId<StatementId>
{
    public static StatementId From(string value) => new(value);

    public static StatementId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
