using System.Buffers.Binary;
using System.Runtime.CompilerServices;
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
        if (bytes.Length > 32)
        {
            // Two rows side by side, since each step waits for the one before.
            var other = state ^ Factor;
            do
            {
                state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
                other = Mix(other ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
                bytes = bytes[32..];
            }
            while (bytes.Length > 32);
            state = Mix(state, other);
        }

        while (bytes.Length > 16)
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
            bytes = bytes[16..];
        }

        ulong first = 0;
        ulong second = 0;
        if (bytes.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            second = BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]);
        }
        else if (bytes.Length >= 4)
        {
            first = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            second = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]);
        }
        else if (bytes.Length > 0)
        {
            first = bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16);
        }

        state = Mix(state ^ first, second);
        return (uint)(state ^ (state >> 32));
    }

    public static uint OfQuad(Quad quad)
    {
        var state = Mix(Seed ^ (uint)quad.Subject ^ ((ulong)(uint)quad.Predicate << 32), (uint)quad.Object ^ ((ulong)(uint)quad.Graph << 32));
        return (uint)(state ^ (state >> 32));
    }

    // Both factors are secret-keyed, so that no input can be chosen that makes one of them zero.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right ^ Factor, out var low);
        return high ^ low ^ Seed;
    }
}
