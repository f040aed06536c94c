using System.Text.Json.Serialization;

namespace SkillBadges.Core.Evidence.Peers;

[JsonConverter(typeof(EntityIdJson<PeerReviewId>))]
public readonly record struct PeerReviewId(string Value) : IEntityId<PeerReviewId>
{
    public static PeerReviewId From(string value) => new(value);

    public static PeerReviewId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
