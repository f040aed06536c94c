using System.Runtime.InteropServices;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// The few functions of OpenSSL's libcrypto that Ed25519 needs. .NET on Linux signs through the same library but does not
/// offer this algorithm. Keys live in safe handles for as long as their owner; nothing is imported per call.
/// </summary>
internal static partial class OpenSsl
{
    internal const int Ed25519KeyType = 1087;
    private const string Library = "libcrypto";

    static OpenSsl()
    {
        NativeLibrary.SetDllImportResolver(typeof(OpenSsl).Assembly, (name, assembly, _) => name == Library ? Load(assembly) : 0);
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
    internal static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    internal static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestSign(nint context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerify(nint context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library)]
    internal static partial void ERR_clear_error();

    private static nint Load(System.Reflection.Assembly assembly)
    {
        // The names under which Linux and macOS carry it, the current major version first.
        foreach (var name in new[] { "libcrypto.so.3", "libcrypto.3.dylib", "libcrypto.so.1.1", "libcrypto" })
        {
            if (NativeLibrary.TryLoad(name, assembly, null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}

/// <summary>An EVP_PKEY, freed once nobody refers to it.</summary>
internal sealed class EvpKeyHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.EVP_PKEY_free(handle);
        return true;
    }
}
