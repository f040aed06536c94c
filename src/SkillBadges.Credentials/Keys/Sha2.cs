using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// SHA-256 and SHA-384 by OpenSSL, with a context that each thread keeps. Canonicalizing a badge hashes some thirty short texts, and .NET's way
/// makes or looks up a context for each, which costs as much as hashing it.
/// </summary>
internal static class Sha2
{
    private static readonly nint sha256Algorithm = Fetch("SHA256\0"u8);
    private static readonly nint sha384Algorithm = Fetch("SHA384\0"u8);

    [ThreadStatic]
    private static EvpDigestHandle? sha256;

    [ThreadStatic]
    private static EvpDigestHandle? sha384;

    /// <returns>Bytes written: 32.</returns>
    public static int Hash256(ReadOnlySpan<byte> data, Span<byte> digest) => Hash(ref sha256, sha256Algorithm, data, digest[..SHA256.HashSizeInBytes]);

    /// <returns>Bytes written: 48.</returns>
    public static int Hash384(ReadOnlySpan<byte> data, Span<byte> digest) => Hash(ref sha384, sha384Algorithm, data, digest[..SHA384.HashSizeInBytes]);

    /// <returns>Bytes written: 32 or 48.</returns>
    public static int Hash(HashAlgorithmName algorithm, ReadOnlySpan<byte> data, Span<byte> digest) =>
        algorithm == HashAlgorithmName.SHA256 ? Hash256(data, digest)
        : algorithm == HashAlgorithmName.SHA384 ? Hash384(data, digest)
        : throw new ArgumentException("Proofs are made with SHA-256 and SHA-384.", nameof(algorithm));

    private static int Hash(ref EvpDigestHandle? kept, nint algorithm, ReadOnlySpan<byte> data, Span<byte> digest)
    {
        var context = kept ??= OpenSsl.EVP_MD_CTX_new();

        // The thread's own, so that nobody frees it meanwhile: counting its uses would cost more than the calls.
        var place = context.DangerousGetHandle();
        var isDone = !context.IsInvalid
            && OpenSsl.EVP_DigestInit_ex2(place, algorithm, 0) == 1
            && OpenSsl.EVP_DigestUpdate(place, data, (nuint)data.Length) == 1
            && OpenSsl.EVP_DigestFinal_ex(place, digest, 0) == 1;
        GC.KeepAlive(context);
        if (!isDone)
        {
            kept = null;
            throw Failure();
        }

        return digest.Length;
    }

    // Never freed: the process hashes until it ends.
    private static nint Fetch(ReadOnlySpan<byte> name) => OpenSsl.EVP_MD_fetch(0, name, 0) is not 0 and var algorithm ? algorithm : throw Failure();

    private static CryptographicException Failure()
    {
        OpenSsl.ERR_clear_error();
        return new("OpenSSL refused to hash.");
    }
}
