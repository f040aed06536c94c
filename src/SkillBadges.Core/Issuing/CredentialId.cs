using System.Text.Json.Serialization;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// The opaque part of a credential's id: 128 random bits, so that nobody finds a credential by counting. The id inside the
/// credential is the absolute URL that <see cref="IssuingLinks.Credential"/> makes of it.
/// </summary>
[JsonConverter(typeof(EntityIdJson<CredentialId>))]
public readonly record struct CredentialId(string Value) : IEntityId<CredentialId>
{
    public static CredentialId From(string value) => new(value);

    public static CredentialId New() => new(NewId.Random());

    public override string ToString() => Value;
}
