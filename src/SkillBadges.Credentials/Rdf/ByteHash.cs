using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SkillBadges.Credentials.Rdf;

/// <summary>
/// Hashes for in-memory tables. Seeded anew in each process, so that a hostile document cannot choose keys that collide.
/// </summary>
internal static class ByteHash
{
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8));
    private static readonly ulong Factor = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 0x8000_0000_0000_0001;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var state = Seed ^ (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        if (bytes.Length >= 4)
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt32LittleEndian(bytes));
            bytes = bytes[4..];
        }

        ulong rest = 0;
        foreach (var value in bytes)
        {
            rest = (rest << 8) | value;
        }

        state = Mix(state ^ rest);
        return (uint)(state ^ (state >> 32));
    }

    public static uint OfQuad(Quad quad)
    {
        var state = Mix(Seed ^ (uint)quad.Subject ^ ((ulong)(uint)quad.Predicate << 32));
        state = Mix(state ^ (uint)quad.Object ^ ((ulong)(uint)quad.Graph << 32));
        return (uint)(state ^ (state >> 32));
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, Factor, out var low);
        return high ^ low ^ Seed;
    }
}
