namespace SkillBadges.Core.Tests.OneRoster;

/// <summary>Stands at the middle of a school day until a test moves it; its timers are the system's.</summary>
internal sealed class StandingClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 9, 1, 16, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan by) => now += by;
}
