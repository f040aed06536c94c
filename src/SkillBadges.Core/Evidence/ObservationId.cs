using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Evidence;

[JsonConverter(typeof(EntityIdJson<ObservationId>))]
public readonly record struct ObservationId(string Value) : IEntityId<ObservationId>
{
    public static ObservationId From(string value) => new(value);

    /// <summary>The same for the same item of the same person's device, so that a phone that sends twice records once.</summary>
    public static ObservationId Of(PersonId observer, string deviceId) => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{observer.Value}\n{deviceId}")))[..32]);

    public override string ToString() => Value;
}
