using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.Core.Checking;

/// <summary>Tells millions of texts apart in little memory.</summary>
internal static class Digests
{
    public static UInt128 Short(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
