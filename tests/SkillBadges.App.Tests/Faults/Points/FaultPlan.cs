using System.Collections.Concurrent;
using System.Diagnostics;
using SkillBadges.Core;

namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>What goes wrong, and where. Points are the calls of the store, before and after each.</summary>
internal sealed class FaultPlan
{
    /// <summary>Any call counts.</summary>
    public const string AnyCall = "*";

    /// <summary>Any commit counts; it holds, and its answer is lost.</summary>
    public const string LostAnswer = "lost";

    private readonly ConcurrentDictionary<string, int> reached = new(StringComparer.Ordinal);
    private readonly Lock turn = new();
    private string? armed;
    private int left;

    /// <summary>The names of all points that were reached.</summary>
    public IEnumerable<string> Reached => reached.Keys.Order(StringComparer.Ordinal);

    /// <summary>Whether nothing can be signed now.</summary>
    public bool IsSignerDown { get; set; }

    /// <summary>Whether the fault is still to come.</summary>
    public bool IsArmed => armed is not null;

    /// <param name="point">A name, <see cref="AnyCall"/> or <see cref="LostAnswer"/>.</param>
    /// <param name="count">The first, second, ... time.</param>
    public void Arm(string? point, int count)
    {
        lock (turn)
        {
            (armed, left) = (point, count);
        }
    }

    /// <summary>Forgets what was reached.</summary>
    public void Clear() => reached.Clear();

    /// <summary>Ends the process here, at once and for good, when that is planned.</summary>
    public void Reach(string point)
    {
        reached.AddOrUpdate(point, 1, (_, count) => count + 1);
        if (IsNow(point))
        {
            // SIGKILL to ourselves: no handler, no flush.
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }

    /// <summary>Fails a call as a store does that is out of reach: nothing was done.</summary>
    public void Call()
    {
        if (IsNow(AnyCall))
        {
            throw Refused.Unavailable("storage.unreachable", "Nothing was written, because a test said so.");
        }
    }

    /// <summary>Loses the answer of a call that was done.</summary>
    public void Answer()
    {
        if (IsNow(LostAnswer))
        {
            throw new IOException("The answer was lost, because a test said so.");
        }
    }

    private bool IsNow(string point)
    {
        lock (turn)
        {
            if (armed != point || --left > 0)
            {
                return false;
            }

            armed = null;
            return true;
        }
    }
}
