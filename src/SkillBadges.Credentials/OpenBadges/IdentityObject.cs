using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SkillBadges.Credentials.OpenBadges;

/// <summary>
/// Who the subject is, in clear or as <c>sha256$</c> and the hex SHA-256 of value and salt. A salt that is published beside the hash
/// protects nobody from guessing, so <see cref="Salt"/> is for values that cannot be guessed.
/// </summary>
public sealed record IdentityObject : IJsonObject
{
    public required bool Hashed { get; init; }

    /// <summary>The hash, or the value itself when not <see cref="Hashed"/>.</summary>
    public required string IdentityHash { get; init; }

    /// <summary>One of <see cref="OpenBadgeTerms.IdentifierTypes"/> or an <c>ext:</c> token.</summary>
    public required string IdentityType { get; init; }

    public string? Salt { get; init; }

    public static IdentityObject OfHash(string value, string identityType, string? salt) => new()
    {
        Hashed = true,
        IdentityHash = HashOf(value, salt),
        IdentityType = identityType,
        Salt = salt,
    };

    /// <summary>Does <paramref name="value"/> name this subject? Compared in constant time.</summary>
    public bool Matches(string value) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Hashed ? HashOf(value, Salt) : value),
        Encoding.UTF8.GetBytes(Hashed ? IdentityHash.ToLowerInvariant() : IdentityHash));

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Member("type", "IdentityObject");
        json.WriteBoolean("hashed", Hashed);
        json.Member("identityHash", IdentityHash);
        json.Member("identityType", IdentityType);
        json.Member("salt", Salt);
        json.WriteEndObject();
    }

    private static string HashOf(string value, string? salt) =>
        "sha256$" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value + salt)));
}
