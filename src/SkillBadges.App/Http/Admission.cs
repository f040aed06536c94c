using System.Security.Cryptography;

namespace SkillBadges.App.Http;

/// <summary>
/// So many requests are worked at at once. The others wait a moment for their turn, and who would wait longer is told at once to come again: a server that takes on more than it can do
/// finishes nothing in time. Bodies of JSON have been read before, so that a slow line takes nobody's place.
/// </summary>
internal sealed class Admission(RequestDelegate next, int atOnce, TimeProvider clock) : IDisposable
{
    /// <summary>How long a request waits for its turn.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Whatever takes longer waits for something else than a processor: an upload, a download, the progress of a job.
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(5);

    private const int MostWaiting = 20;
    private const int LongestPause = 5;

    private readonly SemaphoreSlim places = new(atOnce);
    private int waiting;

    /// <summary>How many are worked at at once on this machine unless a setting says otherwise.</summary>
    public static int Default => 16 * Environment.ProcessorCount;

    public void Dispose() => places.Dispose();

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AdmittedAlways>() is not null)
        {
            await next(context);
            return;
        }

        if (!await EnterAsync(context.RequestAborted))
        {
            // Not all at the same moment.
            throw new RequestRefusedException(503, "request.overload", "More is asked of this server now than it can do; nothing was done. Please send it again in a moment.")
            {
                RetryAfter = TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(1, LongestPause + 1)),
            };
        }

        var left = 0;
        void Leave()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                places.Release();
            }
        }

        await using var hold = clock.CreateTimer(_ => Leave(), null, LongestHold, Timeout.InfiniteTimeSpan);
        try
        {
            await next(context);
        }
        finally
        {
            Leave();
        }
    }

    private async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (places.Wait(0, CancellationToken.None))
        {
            return true;
        }

        try
        {
            return Interlocked.Increment(ref waiting) <= MostWaiting * atOnce && await places.WaitAsync(Patience, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}

/// <summary>Marks an endpoint that answers however much is going on, as probes do.</summary>
internal sealed record AdmittedAlways;
