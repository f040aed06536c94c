using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

internal sealed class OpenSslEd25519 : Ed25519Library
{
    public override string Name => "OpenSSL";

    public override IEd25519Verifying Verifying(ReadOnlySpan<byte> publicKey)
    {
        var handle = OpenSsl.EVP_PKEY_new_raw_public_key(OpenSsl.Ed25519KeyType, 0, publicKey, (nuint)publicKey.Length);
        Require(handle.IsInvalid ? 0 : 1);
        return new VerifyingKey(handle);
    }

    public override IEd25519Signing Signing(ReadOnlySpan<byte> seed)
    {
        var handle = OpenSsl.EVP_PKEY_new_raw_private_key(OpenSsl.Ed25519KeyType, 0, seed, (nuint)seed.Length);
        Require(handle.IsInvalid ? 0 : 1);
        return new SigningKey(handle);
    }

    private static void Require(int result)
    {
        if (result != 1)
        {
            OpenSsl.ERR_clear_error();
            throw new CryptographicException("OpenSSL refused an Ed25519 operation.");
        }
    }

    private sealed class VerifyingKey(EvpKeyHandle handle) : IEd25519Verifying
    {
        private readonly EvpContexts<EvpDigestHandle> contexts =
            new(handle, static _ => OpenSsl.EVP_MD_CTX_new(), static (context, key) => OpenSsl.EVP_DigestVerifyInit(context, 0, 0, 0, key));

        public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
        {
            var context = contexts.Take();
            var good = OpenSsl.EVP_DigestVerify(context, signature, (nuint)signature.Length, data, (nuint)data.Length) == 1;
            var isReady = OpenSsl.EVP_DigestVerifyInit(context, 0, 0, 0, 0) == 1;
            contexts.GiveBack(context, isReady);
            if (!good || !isReady)
            {
                // A refused signature leaves its reason in the thread's error queue, where .NET's own calls would find it.
                OpenSsl.ERR_clear_error();
            }

            return good;
        }
    }

    private sealed class SigningKey(EvpKeyHandle handle) : IEd25519Signing
    {
        private readonly EvpContexts<EvpDigestHandle> contexts =
            new(handle, static _ => OpenSsl.EVP_MD_CTX_new(), static (context, key) => OpenSsl.EVP_DigestSignInit(context, 0, 0, 0, key));

        public void ExportSeed(Span<byte> seed)
        {
            var length = (nuint)seed.Length;
            Require(OpenSsl.EVP_PKEY_get_raw_private_key(handle, seed, ref length));
        }

        public void ExportPublic(Span<byte> publicKey)
        {
            var length = (nuint)publicKey.Length;
            Require(OpenSsl.EVP_PKEY_get_raw_public_key(handle, publicKey, ref length));
        }

        public void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
        {
            var length = (nuint)signature.Length;
            var context = contexts.Take();
            var result = OpenSsl.EVP_DigestSign(context, signature, ref length, data, (nuint)data.Length);
            var isReady = OpenSsl.EVP_DigestSignInit(context, 0, 0, 0, 0) == 1;
            contexts.GiveBack(context, isReady);
            if (!isReady)
            {
                OpenSsl.ERR_clear_error();
            }

            Require(result);
        }

        public void Dispose() => contexts.Close();
    }
}
