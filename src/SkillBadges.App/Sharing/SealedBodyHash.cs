using SkillBadges.App.Http;
using SkillBadges.Core;

namespace SkillBadges.App.Sharing;

/// <summary>Tells requests of one key apart without leaving a digest of what is sealed, such as a birth date, that could be tried out without the server's key.</summary>
internal static class SealedBodyHash
{
    public static Sha256Digest Of(KeyEncryptionKey key, Idempotency idempotency) =>
        Sha256Digest.FromBytes(Convert.FromHexString(key.Hash(idempotency.BodyHash.Hex, "sealed request")));
}
