using System.Buffers.Text;
using System.Security.Cryptography;

namespace SkillBadges.Core;

/// <summary>Makes identifiers.</summary>
public static class NewId
{
    /// <summary>A document id: UUID version 7, 32 hexadecimal digits, so that ids made later sort later.</summary>
    public static string Ordered(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>A secret or an opaque name: 128 random bits, 22 base64url characters.</summary>
    public static string Random() => Secret(16);

    /// <summary><paramref name="bytes"/> random bytes as base64url.</summary>
    public static string Secret(int bytes) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
