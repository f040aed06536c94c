using System.Text.Json.Serialization;

namespace SkillBadges.Core.Sharing.Claims;

[JsonConverter(typeof(EntityIdJson<CreditClaimId>))]
public readonly record struct CreditClaimId(string Value) : IEntityId<CreditClaimId>
{
    public static CreditClaimId From(string value) => new(value);

    public static CreditClaimId New(DateTimeOffset now) => new(NewId.Ordered(now));

    public override string ToString() => Value;
}
