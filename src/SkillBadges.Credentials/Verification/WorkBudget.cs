using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Work that one verification may spend on embedded proofs and status lists, all its threads together. Each is bounded by itself, but a hostile record could
/// hold hundreds of documents that are as hard to bring into canonical form as the bound lets them be. What counts is work done, so that a sound record comes to
/// the same verdict however busy the machine is; the clock is looked at only so that nothing goes on for ever.
/// </summary>
internal sealed class WorkBudget(TimeProvider clock)
{
    // A record of 4 MiB and 256 credentials takes some 30,000,000: its canonical form is three times as long, and is made once around and once within.
    private const long Least = 60_000_000;

    private const long ForEach = 80_000;

    /// <summary>Tens of times what the work takes where nothing else runs.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(20);

    private readonly Lock counting = new();
    private long most = Least;
    private long done;
    private TimeSpan took;

    internal bool IsSpent
    {
        get
        {
            lock (counting)
            {
                return done > most || took > longest;
            }
        }
    }

    /// <summary>A record of many gets more, by a count that is bounded itself.</summary>
    internal void Allow(int credentials)
    {
        lock (counting)
        {
            most += ForEach * credentials;
        }
    }

    /// <param name="work">Counts what it does itself (<see cref="CountedWork"/>), in the thread that it is called in.</param>
    internal T Run<T>(Func<T> work)
    {
        var (before, start) = (CountedWork.Done, clock.GetTimestamp());
        try
        {
            return work();
        }
        finally
        {
            var elapsed = clock.GetElapsedTime(start);
            lock (counting)
            {
                done += CountedWork.Done - before;
                took += elapsed;
            }
        }
    }
}
