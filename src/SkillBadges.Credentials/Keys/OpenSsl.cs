using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// The few functions of OpenSSL's libcrypto (3.0 or later) that keys on curves need. .NET on Linux signs through the same library, but does not
/// offer Ed25519, and its way to ECDSA makes a context for each call. Keys live in safe handles for as long as their owner; nothing is imported per call.
/// </summary>
internal static partial class OpenSsl
{
    internal const int Ed25519KeyType = 1087;
    internal const string Library = "libcrypto";

    static OpenSsl()
    {
        // Names where the library is found, before the first call looks for it.
        RuntimeHelpers.RunClassConstructor(typeof(NativeNames).TypeHandle);
    }

    [LibraryImport(Library)]
    internal static partial EvpKeyHandle EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    internal static partial EvpKeyHandle EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_get_raw_public_key(EvpKeyHandle key, Span<byte> destination, ref nuint length);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_get_raw_private_key(EvpKeyHandle key, Span<byte> destination, ref nuint length);

    [LibraryImport(Library)]
    internal static partial void EVP_PKEY_free(nint key);

    [LibraryImport(Library)]
    internal static partial EvpDigestHandle EVP_MD_CTX_new();

    [LibraryImport(Library)]
    internal static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    internal static partial nint EVP_MD_fetch(nint library, ReadOnlySpan<byte> name, nint properties);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestInit_ex2(nint context, nint digest, nint parameters);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestUpdate(nint context, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestFinal_ex(nint context, Span<byte> digest, nint length);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestSignInit(EvpDigestHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    /// <summary>Without a key: the context is begun anew with the one it has.</summary>
    [LibraryImport(Library)]
    internal static partial int EVP_DigestSignInit(EvpDigestHandle context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestSign(EvpDigestHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerifyInit(EvpDigestHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    /// <inheritdoc cref="EVP_DigestSignInit(EvpDigestHandle, nint, nint, nint, nint)"/>
    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerifyInit(EvpDigestHandle context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerify(EvpDigestHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library)]
    internal static partial EvpContextHandle EVP_PKEY_CTX_new(EvpKeyHandle key, nint engine);

    [LibraryImport(Library)]
    internal static partial EvpContextHandle EVP_PKEY_CTX_new_from_name(nint library, ReadOnlySpan<byte> name, nint properties);

    [LibraryImport(Library)]
    internal static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_fromdata_init(EvpContextHandle context);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_fromdata(EvpContextHandle context, out nint key, int selection, ReadOnlySpan<Parameter> parameters);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_get_params(EvpKeyHandle key, Span<Parameter> parameters);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_sign_init(EvpContextHandle context);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_sign(EvpContextHandle context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> digest, nuint length);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_verify_init(EvpContextHandle context);

    [LibraryImport(Library)]
    internal static partial int EVP_PKEY_verify(EvpContextHandle context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> digest, nuint length);

    [LibraryImport(Library)]
    internal static partial void ERR_clear_error();

    /// <summary>OSSL_PARAM, with pointers to memory that stays in its place during the call.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly unsafe struct Parameter(byte* name, uint kind, byte* data, nuint length)
    {
        internal const uint UnsignedInteger = 2;
        internal const uint Text = 4;
        internal const uint Bytes = 5;

        private readonly byte* name = name;
        private readonly uint kind = kind;
        private readonly byte* data = data;
        private readonly nuint length = length;

        // OSSL_PARAM_UNMODIFIED
        private readonly nuint returned = nuint.MaxValue;
    }
}
