namespace SkillBadges.Credentials.Keys;

/// <summary>
/// Who computes Ed25519: libsodium where the machine has it, which takes half the time, and OpenSSL, which .NET brings, where not. Both give the same answer to every key, message and signature
/// that <see cref="Ed25519PublicKey"/> hands them; no instance judges otherwise for what is installed beside it.
/// </summary>
internal abstract class Ed25519Library
{
    public static Ed25519Library Fastest { get; } = Sodium.IsThere ? new SodiumEd25519() : new OpenSslEd25519();

    public abstract string Name { get; }

    public abstract IEd25519Verifying Verifying(ReadOnlySpan<byte> publicKey);

    public abstract IEd25519Signing Signing(ReadOnlySpan<byte> seed);
}

/// <summary>A public key made ready. For several threads.</summary>
internal interface IEd25519Verifying
{
    /// <param name="signature">64 bytes.</param>
    bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}

/// <summary>A private key made ready. For several threads.</summary>
internal interface IEd25519Signing : IDisposable
{
    void ExportSeed(Span<byte> seed);

    void ExportPublic(Span<byte> publicKey);

    /// <param name="signature">64 bytes.</param>
    void Sign(ReadOnlySpan<byte> data, Span<byte> signature);
}
