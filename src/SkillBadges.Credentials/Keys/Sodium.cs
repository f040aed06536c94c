using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>The few functions of libsodium (1.0.18 or later) that Ed25519 needs.</summary>
internal static partial class Sodium
{
    internal const string Library = "libsodium";
    internal const int SecretKeyLength = 64;

    /// <summary>Whether the machine has it; it has begun then.</summary>
    internal static bool IsThere { get; } = NativeNames.Has(Library) && sodium_init() >= 0;

    [LibraryImport(Library)]
    internal static partial int crypto_sign_ed25519_verify_detached(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> data, ulong length, ReadOnlySpan<byte> publicKey);

    [LibraryImport(Library)]
    internal static partial int crypto_sign_ed25519_detached(Span<byte> signature, nint signatureLength, ReadOnlySpan<byte> data, ulong length, SodiumMemory secretKey);

    [LibraryImport(Library)]
    internal static partial int crypto_sign_ed25519_seed_keypair(Span<byte> publicKey, SodiumMemory secretKey, ReadOnlySpan<byte> seed);

    [LibraryImport(Library)]
    internal static partial int crypto_sign_ed25519_sk_to_seed(Span<byte> seed, SodiumMemory secretKey);

    [LibraryImport(Library)]
    internal static partial nint sodium_malloc(nuint length);

    /// <summary>Clears what it frees.</summary>
    [LibraryImport(Library)]
    internal static partial void sodium_free(nint memory);

    [LibraryImport(Library)]
    private static partial int sodium_init();
}

/// <summary>Memory for a secret: between guarded pages, kept out of swap and of dumps where the system allows, cleared when let go of.</summary>
internal sealed class SodiumMemory() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    public static SodiumMemory Of(int length)
    {
        var memory = new SodiumMemory();
        memory.SetHandle(Sodium.sodium_malloc((nuint)length));
        return memory.IsInvalid ? throw new CryptographicException("libsodium has no memory for a key.") : memory;
    }

    protected override bool ReleaseHandle()
    {
        Sodium.sodium_free(handle);
        return true;
    }
}
