using System.Text;
using System.Text.RegularExpressions;

namespace SkillBadges.Core.Definitions.Frameworks;

/// <summary>What the address of a CASE item says about it.</summary>
public static partial class ItemAddress
{
    /// <summary>The identifier in an address, its last UUID in lower case, or null: publishers and their mirrors differ in the rest.</summary>
    public static string? IdentifierIn(string address) => address.Length <= 2_000 && Uuid().Matches(address) is [.., var last] ? last.Value.ToLowerInvariant() : null;

    /// <summary>A UUID that the same words always give: RFC 9562 (May 2024) 5.8, version 8, from their SHA-256.</summary>
    internal static string Derived(string words)
    {
        var bytes = Convert.FromHexString(Sha256Digest.Of(Encoding.UTF8.GetBytes(words)).Hex)[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Uuid();
}
