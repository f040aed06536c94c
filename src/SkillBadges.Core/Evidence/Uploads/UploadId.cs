using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Uploads;

/// <summary>Also the id of the piece of proof that the upload becomes, and the name of its file while it arrives.</summary>
[JsonConverter(typeof(EntityIdJson<UploadId>))]
public readonly record struct UploadId(string Value) : IEntityId<UploadId>
{
    public static UploadId From(string value) => new(value);

    public static UploadId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
