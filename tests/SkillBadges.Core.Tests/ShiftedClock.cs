namespace SkillBadges.Core.Tests;

/// <summary>The system's clock, set forward by a test. Its timers are the system's.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
