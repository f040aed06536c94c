namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Time that one verification may spend on embedded proofs, of all its threads together. Each is bounded by itself, but a hostile record could hold hundreds
/// of documents that are as hard to bring into canonical form as the bound lets them be. The first is free: it may be the first of the process.
/// </summary>
internal sealed class WorkBudget(TimeProvider clock)
{
    private static readonly TimeSpan least = TimeSpan.FromSeconds(1);

    /// <summary>Several times what a badge takes, since the threads of a busy machine wait for each other.</summary>
    private static readonly TimeSpan forEach = TimeSpan.FromMilliseconds(10);

    private readonly Lock counting = new();
    private TimeSpan most = least;
    private TimeSpan spent;
    private bool isBegun;

    internal bool IsSpent
    {
        get
        {
            lock (counting)
            {
                return spent > most;
            }
        }
    }

    /// <summary>A record of many gets more time, by a count that is bounded itself.</summary>
    internal void Allow(int credentials)
    {
        lock (counting)
        {
            most += forEach * credentials;
        }
    }

    internal T Run<T>(Func<T> work)
    {
        bool isFirst;
        lock (counting)
        {
            (isFirst, isBegun) = (!isBegun, true);
        }

        var start = clock.GetTimestamp();
        var result = work();
        if (!isFirst)
        {
            var took = clock.GetElapsedTime(start);
            lock (counting)
            {
                spent += took;
            }
        }

        return result;
    }
}
