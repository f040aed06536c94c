using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

internal sealed class SodiumEd25519 : Ed25519Library
{
    public override string Name => "libsodium";

    public override IEd25519Verifying Verifying(ReadOnlySpan<byte> publicKey) => new VerifyingKey(publicKey.ToArray());

    public override IEd25519Signing Signing(ReadOnlySpan<byte> seed) => new SigningKey(seed);

    private sealed class VerifyingKey(byte[] publicKey) : IEd25519Verifying
    {
        public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => Sodium.crypto_sign_ed25519_verify_detached(signature, data, (ulong)data.Length, publicKey) == 0;
    }

    private sealed class SigningKey : IEd25519Signing
    {
        private readonly SodiumMemory secret = SodiumMemory.Of(Sodium.SecretKeyLength);
        private readonly byte[] publicKey = new byte[Ed25519PublicKey.KeyLength];

        public SigningKey(ReadOnlySpan<byte> seed)
        {
            if (Sodium.crypto_sign_ed25519_seed_keypair(publicKey, secret, seed) != 0)
            {
                throw new CryptographicException("libsodium refused an Ed25519 key.");
            }
        }

        public void ExportSeed(Span<byte> seed)
        {
            if (Sodium.crypto_sign_ed25519_sk_to_seed(seed, secret) != 0)
            {
                throw new CryptographicException("libsodium refused to give an Ed25519 key out.");
            }
        }

        public void ExportPublic(Span<byte> into) => publicKey.CopyTo(into);

        public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
        {
            if (Sodium.crypto_sign_ed25519_detached(signature, 0, data, (ulong)data.Length, secret) != 0)
            {
                throw new CryptographicException("libsodium refused to sign.");
            }
        }

        public void Dispose() => secret.Dispose();
    }
}
