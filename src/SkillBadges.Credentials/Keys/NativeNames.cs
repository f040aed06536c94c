using System.Reflection;
using System.Runtime.InteropServices;

namespace SkillBadges.Credentials.Keys;

/// <summary>Under which names systems carry the libraries that we call, newest first.</summary>
internal static class NativeNames
{
    static NativeNames()
    {
        NativeLibrary.SetDllImportResolver(typeof(NativeNames).Assembly, (name, assembly, _) => Load(name, assembly));
    }

    internal static bool Has(string library) => Load(library, typeof(NativeNames).Assembly) != 0;

    private static nint Load(string library, Assembly assembly)
    {
        string[] names = library switch
        {
            OpenSsl.Library => ["libcrypto.so.3", "libcrypto.3.dylib", "libcrypto"],
            Sodium.Library => ["libsodium.so.26", "libsodium.so.23", "libsodium.dylib", "libsodium"],
            _ => [],
        };
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, assembly, null, out var handle))
            {
                return handle;
            }
        }

        return 0;
    }
}
