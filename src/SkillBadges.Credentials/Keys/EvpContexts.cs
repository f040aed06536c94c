using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// A key with contexts that are ready for one operation: making one costs some microseconds, and no two threads may share one.
/// Few are kept, since more than there are processors are never in use for long.
/// </summary>
/// <param name="key">Belongs to these contexts from now on.</param>
/// <param name="begin">EVP_PKEY_sign_init or EVP_PKEY_verify_init.</param>
internal sealed class EvpContexts(EvpKeyHandle key, Func<EvpContextHandle, int> begin)
{
    private readonly EvpContextHandle?[] kept = new EvpContextHandle?[8];

    public EvpContextHandle Take()
    {
        ObjectDisposedException.ThrowIf(key.IsClosed, this);
        return Interlocked.Exchange(ref Place, null) ?? Make();
    }

    public void GiveBack(EvpContextHandle context)
    {
        if (key.IsClosed || Interlocked.CompareExchange(ref Place, context, null) is not null)
        {
            context.Dispose();
        }
    }

    /// <summary>Lets go of the key now; what is not closed is let go of by the handles' own finalizers.</summary>
    public void Close()
    {
        key.Dispose();
        for (var place = 0; place < kept.Length; place++)
        {
            Interlocked.Exchange(ref kept[place], null)?.Dispose();
        }
    }

    private ref EvpContextHandle? Place => ref kept[Thread.GetCurrentProcessorId() & (kept.Length - 1)];

    private EvpContextHandle Make()
    {
        var context = OpenSsl.EVP_PKEY_CTX_new(key, 0);
        if (context.IsInvalid || begin(context) != 1)
        {
            OpenSsl.ERR_clear_error();
            context.Dispose();
            throw new CryptographicException("OpenSSL refused a key.");
        }

        return context;
    }
}
