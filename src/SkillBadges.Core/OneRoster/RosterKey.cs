using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkillBadges.Core.OneRoster;

/// <summary>Names a record by where it comes from and its sourcedId: 128 bits of their SHA-256, so that a document is found by what a file says and two sources never meet.</summary>
public readonly record struct RosterKey(UInt128 Value)
{
    /// <summary>The id of the record's document.</summary>
    public string Id => Value.ToString("x32", CultureInfo.InvariantCulture);

    public static RosterKey Of(string source, string sourcedId)
    {
        Span<byte> text = stackalloc byte[1024];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Encoding.UTF8.TryGetBytes(source, text, out var length) || !Encoding.UTF8.TryGetBytes(sourcedId, text[(length + 1)..], out var more))
        {
            throw new ArgumentException("A source has at most 100 characters and a sourcedId 255.", nameof(sourcedId));
        }

        text[length] = (byte)'\n';
        SHA256.HashData(text[..(length + 1 + more)], hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public static string IdOf(string source, string sourcedId) => Of(source, sourcedId).Id;
}
