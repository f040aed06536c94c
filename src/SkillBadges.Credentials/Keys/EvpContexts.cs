using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SkillBadges.Credentials.Keys;

/// <summary>
/// A key with contexts that are ready for one operation: making one costs some microseconds, and no two threads may share one.
/// Few are kept, since more than there are processors are never in use for long.
/// </summary>
/// <param name="key">Belongs to these contexts from now on.</param>
/// <param name="create">EVP_PKEY_CTX_new or EVP_MD_CTX_new.</param>
/// <param name="begin">What makes a new context ready with the key, such as EVP_PKEY_sign_init; 1 when it did.</param>
internal sealed class EvpContexts<TContext>(EvpKeyHandle key, Func<EvpKeyHandle, TContext> create, Func<TContext, EvpKeyHandle, int> begin)
    where TContext : SafeHandle
{
    private readonly TContext?[] kept = new TContext?[8];

    public TContext Take()
    {
        ObjectDisposedException.ThrowIf(key.IsClosed, this);
        return Interlocked.Exchange(ref Place, null) ?? Make();
    }

    /// <param name="isReady">Whether the context can be used once more.</param>
    public void GiveBack(TContext context, bool isReady)
    {
        if (!isReady || key.IsClosed || Interlocked.CompareExchange(ref Place, context, null) is not null)
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

    private ref TContext? Place => ref kept[Thread.GetCurrentProcessorId() & (kept.Length - 1)];

    private TContext Make()
    {
        var context = create(key);
        if (context.IsInvalid || begin(context, key) != 1)
        {
            OpenSsl.ERR_clear_error();
            context.Dispose();
            throw new CryptographicException("OpenSSL refused a key.");
        }

        return context;
    }
}
