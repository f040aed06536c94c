namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Time that one verification may spend on embedded proofs. Each is bounded by itself, but a hostile record could hold hundreds
/// of documents that are as hard to bring into canonical form as the bound lets them be. The first is free: it may be the first of the process.
/// </summary>
internal sealed class WorkBudget(TimeProvider clock)
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);

    private TimeSpan spent;
    private bool isBegun;

    internal bool IsSpent => spent > Most;

    internal T Run<T>(Func<T> work)
    {
        var start = clock.GetTimestamp();
        var result = work();
        spent += isBegun ? clock.GetElapsedTime(start) : TimeSpan.Zero;
        isBegun = true;
        return result;
    }
}
