namespace SkillBadges.App.Tests.Faults.Points;

/// <summary>The machine's clock, put ahead or back. Timers run on as they do when a clock jumps.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long ticks;

    public TimeSpan Offset { get => new(Interlocked.Read(ref ticks)); set => Interlocked.Exchange(ref ticks, value.Ticks); }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
