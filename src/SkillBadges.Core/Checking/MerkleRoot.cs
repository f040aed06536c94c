using System.Numerics;
using System.Security.Cryptography;

namespace SkillBadges.Core.Checking;

/// <summary>One digest over many, so that any of them can be proven to be among them (RFC 6962, 2013-06, 2.1).</summary>
public static class MerkleRoot
{
    /// <param name="leaves">In their order; none has the digest of no bytes.</param>
    public static Sha256Digest Of(IReadOnlyList<byte[]> leaves) => Sha256Digest.FromBytes(Hash(leaves, 0, leaves.Count));

    private static byte[] Hash(IReadOnlyList<byte[]> leaves, int from, int count)
    {
        switch (count)
        {
            case 0:
                return SHA256.HashData([]);
            case 1:
                return SHA256.HashData([0, .. leaves[from]]);
            default:
                // The largest power of two below the count.
                var left = (int)BitOperations.RoundUpToPowerOf2((uint)count) / 2;
                return SHA256.HashData([1, .. Hash(leaves, from, left), .. Hash(leaves, from + left, count - left)]);
        }
    }
}
