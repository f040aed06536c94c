using System.Text.Json.Serialization;

namespace SkillBadges.Core.Issuing.Status;

/// <summary>Names a pair of status lists; random, since it stands in public addresses.</summary>
[JsonConverter(typeof(EntityIdJson<StatusListId>))]
public readonly record struct StatusListId(string Value) : IEntityId<StatusListId>
{
    public static StatusListId From(string value) => new(value);

    public static StatusListId New() => new(NewId.Random());

    public override string ToString() => Value;
}
