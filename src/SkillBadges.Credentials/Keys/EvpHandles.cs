using System.Runtime.InteropServices;

namespace SkillBadges.Credentials.Keys;

/// <summary>An EVP_PKEY, freed once nobody refers to it.</summary>
internal sealed class EvpKeyHandle() : SafeHandle(0, ownsHandle: true)
{
    public EvpKeyHandle(nint key)
        : this()
    {
        SetHandle(key);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.EVP_PKEY_free(handle);
        return true;
    }
}

/// <summary>An EVP_MD_CTX that is ready to sign or verify once, and holds on to its key. For one thread at a time.</summary>
internal sealed class EvpDigestHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.EVP_MD_CTX_free(handle);
        return true;
    }
}

/// <summary>An EVP_PKEY_CTX, which holds on to its key. For one thread at a time.</summary>
internal sealed class EvpContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        OpenSsl.EVP_PKEY_CTX_free(handle);
        return true;
    }
}
